import type { LazyrunsError } from "@lazyruns/core";
import { errorText } from "./error-text.ts";
import { kernel } from "./output.ts";

/** Lines of a stack that are in a cell: Deno names no file there. */
const IN_CELL = /^\s+at .*<anonymous>:\d+:\d+\)?$/;

/**
 * In Deno's kernel, which prints an error's `stack` and asks for nothing else, has that say what happened and where in
 * the cell, without the lines in our own files. `fullStack` has them all.
 */
export function shortenStack(error: Error): void {
  if (kernel() !== "deno") return;
  const { stack: fullStack } = error;
  const inCell = String(fullStack)
    .split("\n")
    .filter((line) => IN_CELL.test(line));
  Object.defineProperties(error, {
    // Made when it is read: an error's class names it when this is over.
    stack: { get: () => [errorText(error as LazyrunsError), ...inCell].join("\n"), configurable: true },
    fullStack: { value: fullStack, configurable: true, writable: true },
  });
}
