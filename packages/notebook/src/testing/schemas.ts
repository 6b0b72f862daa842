import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect } from "vitest";
import type { MimeBundle } from "../bundle/mime-bundle.ts";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
for (const name of ["columns", "history", "runs"]) {
  ajv.addSchema(
    JSON.parse(readFileSync(new URL(`../../schema/${name}.v1.schema.json`, import.meta.url), "utf8")),
  );
}

const SCHEMAS = {
  "application/vnd.lazyruns.runs.v1+json": "runs.v1.schema.json",
  "application/vnd.lazyruns.history.v1+json": "history.v1.schema.json",
} as const;

/** Fails unless a bundle's JSON is valid by its schema, is JSON through and through, and adds up. */
export function expectValidJson(bundle: MimeBundle): void {
  expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
  expect(JSON.stringify(bundle)).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/); // half a surrogate pair
  let found = 0;
  for (const [mime, name] of Object.entries(SCHEMAS)) {
    const data = bundle[mime];
    if (data === undefined) continue;
    found++;
    const validate = ajv.getSchema(name);
    expect(validate?.(data), JSON.stringify(validate?.errors?.slice(0, 3))).toBe(true);
    expectLengths(data as Lengths);
  }
  expect(found).toBe(1);
}

interface Lengths {
  readonly ids?: readonly string[];
  readonly numRows?: number;
  readonly runs?: readonly { readonly numRows: number }[];
  readonly columns: readonly { readonly values: readonly unknown[] }[];
  readonly histories?: Lengths;
}

/** What a schema can't say: columns are as long as their rows are many. */
function expectLengths({ ids, numRows, runs, columns, histories }: Lengths): void {
  const rows = ids?.length ?? numRows;
  for (const { values } of columns) expect(values).toHaveLength(rows as number);
  if (runs !== undefined) expect(runs.reduce((sum, run) => sum + run.numRows, 0)).toBe(numRows);
  if (histories !== undefined) expectLengths(histories);
}
