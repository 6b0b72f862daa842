import type { Chunk } from "../table/chunk.ts";
import { splitText } from "./split-text.ts";

/** The fields of a run that hold a history: its rows as JSON texts (`history`, `events`), or as lists of objects. */
export type HistoryField = "history" | "events" | "sampledHistory";

/** What an answer's bytes hold: the answer with each history replaced by its index, and the histories as columns. */
export interface SplitAnswer {
  /**
   * The answer as JSON text, small: each value of the history field is replaced by a whole number, its index in
   * `histories`. A null stays null, and a value that isn't a list of rows stays as it is, except that a number is
   * written as a string, so that every number there is an index. Bytes that aren't JSON give a text that isn't either.
   */
  readonly skeleton: string;
  /** One entry a replaced value: one chunk for `history` and `events`, one a spec for `sampledHistory`. */
  readonly histories: readonly (readonly Chunk[])[];
}

/** Takes the histories out of an answer's bytes, as columns. Never throws for what the bytes hold. */
export function splitAnswer(bytes: Uint8Array, field: HistoryField): SplitAnswer {
  return splitText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"), field);
}
