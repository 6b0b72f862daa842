import { stringify as jsonText } from "@lazyruns/json";
import { stringify } from "csv-stringify/sync";
import { safeText } from "./people/safe-text.ts";
import { type OutputRows, withColumns } from "./rows.ts";
import type { Sink } from "./sink.ts";

const ROWS_AT_ONCE = 1000;

/** How text stands in CSV. */
export interface CsvOptions {
  /** Text that a spreadsheet would take for a formula gets an apostrophe in front. */
  readonly escapeFormulas: boolean;
}

/**
 * Rows as CSV (RFC 4180, but lines end in LF): a header, then a line a row. Nothing where there is no value, `""` for
 * empty text, `NaN`, `Infinity` and `-Infinity`, `true` and `false`, times as ISO 8601, lists and nested values as JSON.
 */
export async function writeCsv(rows: OutputRows, sink: Sink, { escapeFormulas }: CsvOptions): Promise<void> {
  const { columns, batches } = await withColumns(rows);
  // On a terminal nothing of what a name holds may act; elsewhere it comes as it is.
  const text = (value: string) => (sink.isTerminal ? safeText(value) : value);
  const lines = (records: readonly (readonly unknown[])[]) =>
    stringify(records as unknown[][], {
      quoted_match: /^$/,
      escape_formulas: escapeFormulas,
      cast: {
        string: text,
        boolean: String,
        number: String,
        bigint: String,
        date: (value: Date) => value.toISOString(),
        object: (value: object) => text(jsonText(value, { nonFinite: "string" })),
      },
    });
  await sink.write(lines([columns]));
  for await (const batch of batches) {
    let records: unknown[][] = [];
    for (const row of batch) {
      records.push(columns.map((name) => (Object.hasOwn(row, name) ? row[name] : null)));
      if (records.length < ROWS_AT_ONCE) continue;
      await sink.write(lines(records));
      records = [];
    }
    if (records.length > 0) await sink.write(lines(records));
  }
}
