import type { Progress } from "@lazyruns/core";
import type { Context } from "../context.ts";

/** Shows how far the library says that it has come. */
export function progressOf(context: Context, what: string): (progress: Progress) => void {
  return ({ done, total, unit }) => context.progress.update(`${what}: ${done} of ${total} ${unit}`);
}
