import { extname } from "node:path";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";

/** The forms in which rows come out. */
export const FORMATS = ["table", "json", "jsonl", "csv", "parquet"] as const;
export type OutputFormat = (typeof FORMATS)[number];

const BY_EXTENSION: { readonly [extension: string]: OutputFormat } = {
  "": "table",
  ".txt": "table",
  ".json": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
  ".parquet": "parquet",
};

/**
 * The form that was asked for; else the one that the file's name says; else a table.
 *
 * @throws CommandError for a file's name that says another form, and for Parquet on a terminal
 */
export function chooseFormat(format: string | undefined, out: string | undefined): OutputFormat {
  const chosen = (format as OutputFormat | undefined) ?? formatOf(out ?? "");
  if (chosen === "parquet" && out === undefined && process.stdout.isTTY) {
    throw new CommandError(
      "A Parquet file is nothing to look at on a terminal. Give --out FILE.parquet, or send the output elsewhere (> FILE).",
      EXIT.usage,
    );
  }
  return chosen;
}

function formatOf(out: string): OutputFormat {
  const extension = extname(out);
  const format = BY_EXTENSION[extension.toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.keys(BY_EXTENSION).filter(Boolean).join(", ");
  throw new CommandError(
    `--out ${out}: "${extension}" says no form that there is. Let it end in one of ${known}, or give --format.`,
    EXIT.usage,
  );
}
