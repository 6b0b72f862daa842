import { extname } from "node:path";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";

/** The forms in which rows come out. */
export const FORMATS = ["table", "json", "jsonl", "csv", "parquet"] as const;
export type OutputFormat = (typeof FORMATS)[number];

const BY_EXTENSION: { readonly [extension: string]: OutputFormat } = {
  ".json": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
  ".parquet": "parquet",
};

/** The form that was asked for; else the one that the file's name says; else a table. */
export function chooseFormat(format: string | undefined, out: string | undefined): OutputFormat {
  const chosen =
    (format as OutputFormat | undefined) ?? BY_EXTENSION[extname(out ?? "").toLowerCase()] ?? "table";
  if (chosen === "parquet" && out === undefined && process.stdout.isTTY) {
    throw new CommandError(
      "A Parquet file is nothing to look at on a terminal. Give --out FILE.parquet, or send the output elsewhere (> FILE).",
      EXIT.usage,
    );
  }
  return chosen;
}
