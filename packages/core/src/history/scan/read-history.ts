import { elements, type Json, type JsonObject, members, parse } from "@lazyruns/json";
import type { HistoryField } from "../../graphql/history-documents.ts";
import { buildChunk } from "../table/build-chunk.ts";
import type { Chunk } from "../table/chunk.ts";
import { restoreNonFinite } from "./non-finite.ts";

/**
 * Reads a history's JSON text, the slow and thorough way.
 *
 * @returns `undefined` when it isn't JSON, or not a list of rows
 */
export function readHistory(text: string, field: HistoryField): readonly Chunk[] | undefined {
  try {
    const value = parse(text);
    if (!Array.isArray(value)) return undefined;
    if (field === "sampledHistory") {
      const texts = wholeFloats(text) ? parts(text) : [];
      return value.map((rows, index) => sampledChunk(rows, texts[index]));
    }
    return [textChunk(value)];
  } catch (error) {
    // Not JSON; or rows that aren't any, or nested so deep that the stack ends (a RangeError).
    if (error instanceof SyntaxError || error instanceof NotRows || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

class NotRows extends Error {}

/** A spec's rows. A spec that the server answers with null has none. */
function sampledChunk(rows: Json, text: string | undefined): Chunk {
  if (rows === null) return buildChunk([]);
  if (!Array.isArray(rows)) throw new NotRows();
  const objects = rows.map(asRow);
  return buildChunk(restoreNonFinite(objects), text === undefined ? undefined : floatKeys(parts(text)));
}

function textChunk(texts: readonly Json[]): Chunk {
  const rows: JsonObject[] = [];
  const suspects: string[] = [];
  for (const text of texts) {
    if (typeof text !== "string") throw new NotRows();
    rows.push(asRow(parse(text)));
    if (wholeFloats(text)) suspects.push(text);
  }
  return buildChunk(rows, floatKeys(suspects));
}

function asRow(value: Json): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new NotRows();
  return value;
}

/**
 * Finds a number that is written as a double and may have a whole value: 1.0, 1e3, 10e-1, or so many digits that it
 * rounds to one. It may find others too; that only costs time.
 */
const WHOLE_FLOAT = /\.0+(?!\d)|\d[eE]\+?\d|0[eE]-|[eE]-\d{3}|\d{11}[.eE]|\d\.0{5}|\.9{5}|\d\.\d{10,}[eE]/;

function wholeFloats(text: string): boolean {
  return WHOLE_FLOAT.test(text);
}

/** The metrics that some row has written as a double. `JSON.parse` gives 1 for 1.0, so the texts are asked. */
function floatKeys(rows: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const row of rows) {
    for (const [key, raw] of shallow(() => members(row))) if (/^-?\d+[.eE]/.test(raw)) keys.add(key);
  }
  return keys;
}

function parts(text: string): string[] {
  return shallow(() => elements(text));
}

/** Text that was parsed may still be nested too deep to be taken apart: then a 1.0 in it counts as a 1. */
function shallow<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
