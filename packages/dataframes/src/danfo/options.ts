import { InvalidArgumentError } from "@lazyruns/core";
import { checkFrameOptions, type FrameOptions } from "../options.ts";

/** How a danfo frame is made of a table. */
export interface DanfoOptions extends Omit<FrameOptions, "nested" | "datetimes"> {
  /**
   * The columns that hold dates: numbers as seconds since 1970 UTC, text as ISO 8601 (UTC where it names no zone).
   * They become text such as `"2026-11-26T01:15:11.250Z"`, which danfo's `toDateTime` reads. `true` takes
   * `_timestamp`. What is no date becomes null, and a warning counts it. Columns that are dates already are such text
   * anyway. Default none.
   */
  readonly datetimes?: FrameOptions["datetimes"];
  /** `"json"`, nested values as their JSON text, is all that danfo can hold. */
  readonly nested?: "json" | undefined;
}

/**
 * Refuses options that can't be right.
 *
 * @throws InvalidArgumentError naming the option, its value and what is allowed
 */
export function checkDanfoOptions(options: unknown): void {
  checkFrameOptions(options);
  const { nested } = options;
  if (nested === undefined || nested === "json") return;
  throw new InvalidArgumentError(
    `nested is ${JSON.stringify(nested)}, and danfo has no structs: its frames hold nested values as JSON text. ` +
      'Leave the option out, or ask for the format "polars" or "arrow".',
  );
}
