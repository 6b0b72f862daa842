import { expect, test } from "vitest";
import { chooseFormat } from "./formats.ts";

test.each([
  [undefined, "rows.csv", "csv"],
  [undefined, "ROWS.JSON", "json"],
  [undefined, "rows.ndjson", "jsonl"],
  [undefined, "rows.parquet", "parquet"],
  [undefined, "rows.txt", "table"],
  [undefined, "/dev/null", "table"],
  [undefined, undefined, "table"],
  ["json", "rows.xlsx", "json"],
])("form %s in the file %s is %s", (format, out, expected) => {
  expect(chooseFormat(format, out)).toBe(expected);
});

test.each(["rows.xlsx", "rows.csv.gz", "rows.2026"])("%s says no form, and is no table by mistake", (out) => {
  expect(() => chooseFormat(undefined, out)).toThrow(
    /--out rows\.\S+: "\.\w+" says no form.*\.csv.*--format/,
  );
});
