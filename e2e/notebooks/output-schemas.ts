import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";

const SCHEMAS = new URL("../../packages/notebook/schema/", import.meta.url);

export const RUNS = "application/vnd.lazyruns.runs.v1+json";
export const HISTORY = "application/vnd.lazyruns.history.v1+json";
export const VEGA_LITE = "application/vnd.vegalite.v5+json";

const FILES: Readonly<Record<string, string>> = {
  [RUNS]: "runs.v1.schema.json",
  [HISTORY]: "history.v1.schema.json",
};

const ajv = new Ajv({ allErrors: true });
for (const file of readdirSync(SCHEMAS))
  ajv.addSchema(JSON.parse(readFileSync(new URL(file, SCHEMAS), "utf8")));

/** What of our JSON isn't as its schema has it: empty when all is. */
export function schemaProblems(mime: string, json: unknown): string[] {
  const file = FILES[mime];
  if (file === undefined) return [`${mime} has no schema`];
  const validate = ajv.getSchema(file);
  if (validate === undefined) return [`no schema is called ${file}`];
  if (validate(json)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${mime}: ${instancePath} ${message}`);
}
