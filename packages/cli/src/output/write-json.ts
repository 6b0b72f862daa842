import { stringify } from "@lazyruns/json";
import type { OutputRows } from "./rows.ts";
import type { Sink } from "./sink.ts";
import { TextBuffer } from "./text-buffer.ts";

/** What JSON may hold as it is, and a terminal must not get: the other control characters, and signs of direction. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Rows as one JSON array, a row a line. */
export async function writeJson(rows: OutputRows, sink: Sink): Promise<void> {
  const buffer = new TextBuffer(sink);
  let separator = "[\n";
  for await (const batch of rows.batches) {
    for (const row of batch) {
      await buffer.add(separator + rowText(row));
      separator = ",\n";
    }
    await buffer.flush();
  }
  await buffer.add(separator === "[\n" ? "[]\n" : "\n]\n");
  await buffer.flush();
}

/** Rows as JSON lines: one object a line. */
export async function writeJsonLines(rows: OutputRows, sink: Sink): Promise<void> {
  const buffer = new TextBuffer(sink);
  for await (const batch of rows.batches) {
    for (const row of batch) await buffer.add(`${rowText(row)}\n`);
    await buffer.flush();
  }
}

/** What JSON has no number for is text: `"NaN"`, `"Infinity"`, `"-Infinity"`. Whole numbers have all their digits. */
function rowText(row: object): string {
  const text = stringify(row, { nonFinite: "string" });
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
