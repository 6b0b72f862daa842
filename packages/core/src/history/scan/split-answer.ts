import type { HistoryField } from "../../graphql/history-documents.ts";
import type { Chunk } from "../table/chunk.ts";
import { ChunkReader } from "./read-chunks.ts";
import { type Found, scan } from "./scanner.ts";
import { replace, splitText } from "./split-text.ts";

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
  /** How many of the histories the scanner read; the others took the slow way. */
  readonly scanned: number;
}

/**
 * Takes the histories out of an answer's bytes, as columns. Never throws for what the bytes hold.
 *
 * The scanner reads the bytes once, without making a row of them. What it doesn't do is done by `JSON.parse` and slower,
 * one history at a time: metrics whose values are of several types in a run, whole numbers beyond 64 bits, a key that
 * comes twice in a row or is spelled in two ways, nesting deeper than 100 levels.
 */
export function splitAnswer(bytes: Uint8Array, field: HistoryField): SplitAnswer {
  const answer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = scan(answer, field);
  if (found === undefined) return splitText(answer.toString("utf8"), field);
  const reader = new ChunkReader(answer, field !== "sampledHistory", found);
  const histories: (readonly Chunk[])[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let scanned = 0;
  for (const value of found.values) {
    const chunks = value.firstChunk === undefined ? undefined : tryToRead(reader, value);
    let replacement: string | undefined;
    if (chunks === undefined) {
      replacement = replace(answer.toString("utf8", value.start, value.end), field, histories);
    } else {
      scanned++;
      replacement = String(histories.push(chunks) - 1);
    }
    if (replacement !== undefined) {
      pieces.push(answer.toString("utf8", copied, value.start), replacement);
      copied = value.end;
    }
  }
  pieces.push(answer.toString("utf8", copied));
  return { skeleton: pieces.join(""), histories, scanned };
}

function tryToRead(reader: ChunkReader, value: Found): Chunk[] | undefined {
  try {
    return reader.read(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
