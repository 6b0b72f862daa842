import type { Work, WorkObserver } from "@lazyruns/core";
import { kernel } from "./output.ts";

/**
 * Calls back once when tslab's kernel is interrupted, which ends a cell's wait and not what it waits for, until the
 * function returned is called. Nothing elsewhere.
 */
export function onInterrupt(callback: () => void): () => void {
  if (kernel() !== "tslab") return () => undefined;
  const interrupted = () => callback();
  // While a cell runs up to its first wait, a listener for SIGINT would leave the kernel with Node's default: to end.
  const immediate = setImmediate(() => process.once("SIGINT", interrupted));
  return () => {
    clearImmediate(immediate);
    process.off("SIGINT", interrupted);
  };
}

/** Has a long call end with the cell that is interrupted, in place of fetching everything unseen. */
export function endWithCell(_: Work, stop: () => void): WorkObserver {
  const forget = onInterrupt(() => stop());
  return { progress: () => undefined, end: forget };
}
