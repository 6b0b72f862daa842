import { expect, test } from "vitest";
import { ConsoleLines } from "./console-lines.ts";

const NOON = { seconds: 1_769_860_800, nanos: 123_456_789 };
const TIME = "2026-01-31T12:00:00.123456";

function shown(...writes: string[]): string[] {
  const lines = new ConsoleLines();
  for (const text of writes) lines.write(text, NOON, false);
  return lines.toLines().map((line) => line.slice(TIME.length + 1));
}

test("a line carries its UTC time, and stderr its mark", () => {
  const lines = new ConsoleLines();
  lines.write("out\n", NOON, false);
  lines.write("err\n", NOON, true);
  expect(lines.toLines()).toEqual([`${TIME} out`, `ERROR ${TIME} err`]);
});

test("a redrawn progress bar is one line, as it ended", () => {
  expect(shown("0%", "\r50%", "\r100%", "\ndone\n")).toEqual(["100%", "done"]);
  expect(shown("long text\rshort")).toEqual(["shorttext"]);
  expect(shown("long text\r\x1b[Kshort\n")).toEqual(["short"]);
});

test("pieces of a line come together, and stdout and stderr don't mix", () => {
  const lines = new ConsoleLines();
  lines.write("step", NOON, false);
  lines.write("warning\n", NOON, true);
  lines.write(" 1\n", NOON, false);
  expect(lines.toLines()).toEqual([`${TIME} step 1`, `ERROR ${TIME} warning`]);
});

test("colours go, also when an escape sequence comes in two writes; empty lines stay", () => {
  expect(shown("\x1b[31mred\x1b[0m\n\nend\n")).toEqual(["red", "", "end"]);
  expect(shown("a\x1b", "[3", "1mb\n")).toEqual(["ab"]);
});

test("two bars redrawn with cursor up are two lines", () => {
  expect(shown("a 0\nb 0\n", "\x1b[2Aa 9\nb 9\n")).toEqual(["a 9", "b 9"]);
});

test("an absurd cursor movement doesn't make absurdly many lines", () => {
  expect(shown("a\x1b[999999999Bb").length).toBeLessThan(200);
});
