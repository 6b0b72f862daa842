import { jsonText } from "./json-text.ts";
import type { OutputRows } from "./rows.ts";
import type { Sink } from "./sink.ts";
import { TextBuffer } from "./text-buffer.ts";

/** Rows as one JSON array, a row a line. */
export async function writeJson(rows: OutputRows, sink: Sink): Promise<void> {
  const buffer = new TextBuffer(sink);
  let separator = "[\n";
  for await (const batch of rows.batches) {
    for (const row of batch) {
      await buffer.add(separator + jsonText(row));
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
    for (const row of batch) await buffer.add(`${jsonText(row)}\n`);
    await buffer.flush();
  }
}
