import type { RunsData } from "../data/runs-data.ts";

/** What a metric may be called to be in code: nothing that would read as other code than it is. */
const PLAIN_NAME = /^[A-Za-z][\w/-]{0,60}$/;

/** Whether a metric can be named in code. */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}

/** What the code calls what is shown. */
export function variableOf({ of }: RunsData): "run" | "runs" {
  return of === "run" ? "run" : "runs";
}

/** The code that shows what an expression gives, with the curves of some metrics. */
export function showCode(expression: string, metrics: readonly string[]): string {
  const keys = metrics.filter(isPlainName).map((name) => JSON.stringify(name));
  return `await lazyruns.show(${expression}${keys.length === 0 ? "" : `, { keys: [${keys.join(", ")}] }`});`;
}
