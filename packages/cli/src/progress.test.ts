import { expect, test } from "vitest";
import { ProgressLine } from "./progress.ts";

function stream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, as: { write, isTTY, columns: 20 } as never };
}

test("on a terminal one line is drawn, cut to its width, and taken away", () => {
  const { written, as } = stream(true);
  const progress = new ProgressLine(as);
  progress.update("reading histories: 1 of 100 runs");
  progress.update("too soon");
  progress.clear();
  progress.clear();
  expect(written).toEqual(["\r\x1b[Kreading histories: ", "\r\x1b[K"]);
});

test("elsewhere there is none unless it is asked for", () => {
  const { written, as } = stream(false);
  const progress = new ProgressLine(as);
  progress.update("no");
  progress.wanted(true);
  progress.update("reading \u001b");
  progress.clear();
  expect(written).toEqual(["reading \\x1b\n"]);
});

test("none on a terminal when it isn't wanted", () => {
  const { written, as } = stream(true);
  const progress = new ProgressLine(as);
  progress.wanted(false);
  progress.update("no");
  expect(written).toEqual([]);
});
