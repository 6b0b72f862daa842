import type { Context } from "../context.ts";
import type { OutputOptions } from "../options/output.ts";
import { chooseFormat, type OutputFormat } from "./formats.ts";
import type { OutputRows } from "./rows.ts";
import type { Sink } from "./sink.ts";

/** Opens where the data goes: the file of `--out`, else standard output. */
export async function openSink({ out }: OutputOptions, context: Context): Promise<Sink> {
  if (out !== undefined) return (await import("./file-sink.ts")).FileSink.create(out);
  const { StdoutSink } = await import("./stdout-sink.ts");
  return new StdoutSink(context.signal, () => context.progress.clear());
}

/**
 * The form in which a command's rows come out. Called before anything is asked for, since it refuses what can't be
 * written.
 *
 * @throws CommandError for an `--out` that can't be a file, and for Parquet on a terminal
 */
export async function checkOutput({ format, out }: OutputOptions): Promise<OutputFormat> {
  const chosen = chooseFormat(format, out);
  if (out !== undefined) await (await import("./check-out.ts")).checkOut(out);
  return chosen;
}

/** Writes rows in the form that was asked for, any but Parquet. */
export async function writeRows(rows: OutputRows, options: OutputOptions, context: Context): Promise<void> {
  const sink = await openSink(options, context);
  try {
    await writeTo(sink, rows, options, context);
    await sink.close();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

async function writeTo(
  sink: Sink,
  rows: OutputRows,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const format = chooseFormat(options.format, options.out);
  if (format === "csv") {
    const { writeCsv } = await import("./write-csv.ts");
    return writeCsv(rows, sink, { escapeFormulas: options.escapeFormulas ?? false });
  }
  if (format === "json") return (await import("./write-json.ts")).writeJson(rows, sink);
  if (format === "jsonl") return (await import("./write-json.ts")).writeJsonLines(rows, sink);
  const { writeTable } = await import("./write-table.ts");
  const { numRows, left } = await writeTable(rows, sink);
  if (numRows === 0) context.say("No rows.");
  if (left.length > 0) context.say(roomless(left));
}

function roomless(left: readonly string[]): string {
  const shown = left.slice(0, 8).join(", ");
  const more = left.length > 8 ? ` and ${left.length - 8} more` : "";
  return `Left out, for the terminal is too narrow: ${shown}${more}. Choose columns, or take --format csv or json.`;
}
