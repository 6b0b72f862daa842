import { createHash } from "node:crypto";
import type { DType, FullRun, Run } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";
import type { StoredColumn } from "../dataset/schema.ts";

/** The run's own fields in the table of runs, and their types. */
const FIELDS = {
  name: "utf8",
  state: "utf8",
  tags: "json",
  group: "utf8",
  jobType: "utf8",
  notes: "utf8",
  description: "utf8",
  commit: "utf8",
  createdAt: "datetime",
  heartbeatAt: "datetime",
  historyLineCount: "int64",
  user: "json",
  sweepName: "utf8",
} as const satisfies Partial<Record<keyof Run, DType>>;

type FieldName = keyof typeof FIELDS;

const NAMES = Object.keys(FIELDS) as FieldName[];

/** The columns that the table of runs begins with, behind `run_id`. */
export const FIELD_COLUMNS: readonly StoredColumn[] = [
  ...NAMES.map((name) => ({ name, source: name, dtype: FIELDS[name] })),
  { name: "config_json", source: "config_json", dtype: "json" },
  { name: "summary_json", source: "summary_json", dtype: "json" },
];

/** A run as a row of the table of runs, kept as text. */
export interface RunRecord {
  readonly id: string;
  readonly mark: string;
  /** Tells its values from others. */
  readonly digest: string;
  /** JSON of the fields: dates are milliseconds since 1970. */
  readonly fields: { readonly [F in FieldName]?: unknown };
  /** JSON text, as Python writes it. */
  readonly config: string;
  readonly summary: string;
}

export function recordOf(run: FullRun, mark: string): RunRecord {
  const { id } = run;
  const values = { fields: fieldsOf(run), config: jsonText(run.config), summary: jsonText(run.summary) };
  const digest = createHash("sha256").update(jsonText(values)).digest("base64url").slice(0, 22);
  return { id, mark, digest, ...values };
}

/** The run's own fields as a row of the table has them. */
export function fieldsOf(run: Run): RunRecord["fields"] {
  return Object.fromEntries(
    NAMES.map((name) => {
      const value = run[name];
      return [name, value instanceof Date ? value.getTime() : value];
    }),
  );
}
