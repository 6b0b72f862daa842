import type { FormatWarn, RunsWarning } from "@lazyruns/core";
import { emitWarning } from "./columns/warner.ts";
import type { FrameOptions } from "./options.ts";

/** What calls to core were told, by their options. A call can make a frame a run, and each has the same to say. */
const told = new WeakMap<object, Set<string>>();

/**
 * A call to core begins, whose options these are: it is told everything once. Calls with the same options at a time
 * share what they are told.
 */
export function beginCall(options: object): void {
  told.set(options, new Set());
}

/** The frame's options among those of a call to core, whose warnings go to `warn` unless they say otherwise. */
export function frameOptionsOf(options: object, warn: FormatWarn | undefined): FrameOptions {
  const ofCore = warn && (({ message }: RunsWarning) => warn(message));
  const { datetimes, nested, onWarning = ofCore ?? emitWarning } = options as FrameOptions;
  const before = told.get(options) ?? new Set();
  const tell = (warning: RunsWarning) => {
    if (before.has(warning.message)) return;
    before.add(warning.message);
    onWarning(warning);
  };
  return { datetimes, nested, onWarning: tell };
}
