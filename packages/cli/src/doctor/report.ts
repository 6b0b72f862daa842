import type { WriteStream } from "node:tty";
import picocolors from "picocolors";
import { safeText } from "../output/people/safe-text.ts";
import { wantsColor } from "../terminal.ts";
import type { Check } from "./check.ts";

/** The findings for people: a line each, and below it what to do. */
export function reportText(checks: readonly Check[], stream: Pick<WriteStream, "isTTY">): string {
  const { green, yellow, red } = picocolors.createColors(wantsColor(stream));
  const paint = { ok: green, warning: yellow, problem: red };
  const wide = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, level, message, advice }) => {
    const first = `${paint[level](level.padEnd(7))}  ${name.padEnd(wide)}  ${safeText(message)}`;
    return advice === undefined ? first : `${first}\n${" ".repeat(9 + wide + 2)}-> ${safeText(advice)}`;
  });
  return `${lines.join("\n")}\n\n${summary(checks)}\n`;
}

function summary(checks: readonly Check[]): string {
  const count = (level: Check["level"]) => checks.filter((check) => check.level === level).length;
  const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
  return `${counted(count("problem"), "problem")}, ${counted(count("warning"), "warning")}, ${count("ok")} ok`;
}
