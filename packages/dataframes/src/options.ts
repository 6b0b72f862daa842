import { InvalidArgumentError, type RunsWarning } from "@lazyruns/core";

/** How a frame is made of a table, whichever library it is for. */
export interface FrameOptions {
  /**
   * The columns that become datetimes: numbers as seconds since 1970 UTC, text as ISO 8601 (UTC where it names no
   * zone). `true` takes `_timestamp`. What is no date becomes null, and a warning counts it. Columns that are dates
   * already are datetimes anyway. Default none.
   */
  readonly datetimes?: boolean | readonly string[] | undefined;
  /**
   * What nested values become. `"json"`: their JSON text. `"struct"`: structs and lists, of the fields that any row
   * has; a field that a row hasn't is null, and what has no type in common stays JSON text at its place. Default
   * `"json"`.
   */
  readonly nested?: "json" | "struct" | undefined;
  /**
   * Told, as `{ message }`, what went otherwise than expected: a column that was renamed, values that became null or were
   * rounded. A call that makes a frame a run says the same once. What it throws is dropped, for what was made would be
   * lost by it. Default: `process.emitWarning`, by the name `LazyrunsWarning`.
   */
  readonly onWarning?: ((warning: RunsWarning) => void) | undefined;
}

/**
 * Refuses options of frames that can't be right: for forms of one's own that are made of them.
 *
 * @throws InvalidArgumentError naming the option, its value and what is allowed
 * @example
 * registerFormat("markdown", { check: checkFrameOptions, histories: toMarkdown, table: toMarkdown });
 */
export function checkFrameOptions(options: unknown): asserts options is FrameOptions {
  if (typeof options !== "object" || options === null) {
    throw refusal("options", options, "an object, such as { datetimes: true }");
  }
  const { datetimes, nested, onWarning } = options as { readonly [K in keyof FrameOptions]: unknown };
  const named = Array.isArray(datetimes) && datetimes.every((name) => typeof name === "string");
  if (datetimes !== undefined && typeof datetimes !== "boolean" && !named) {
    throw refusal("datetimes", datetimes, 'true, false or a list of columns, such as ["_timestamp"]');
  }
  if (nested !== undefined && nested !== "json" && nested !== "struct") {
    throw refusal("nested", nested, '"json" or "struct"');
  }
  if (onWarning !== undefined && typeof onWarning !== "function") {
    throw refusal("onWarning", onWarning, "a function that takes a warning");
  }
}

function refusal(option: string, value: unknown, allowed: string): InvalidArgumentError {
  const shown = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  return new InvalidArgumentError(`${option} is ${shown.slice(0, 80)}; it must be ${allowed}.`);
}
