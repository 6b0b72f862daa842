import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

const folder = join(import.meta.dirname, "../../../notebook/schema");
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
for (const name of ["columns", "history", "runs"]) {
  ajv.addSchema(JSON.parse(readFileSync(join(folder, `${name}.v1.schema.json`), "utf8")));
}

/** Whether JSON is what `@lazyruns/notebook` says of its outputs. */
export function isValid(json: unknown, name: "runs" | "history"): boolean {
  return ajv.getSchema(`${name}.v1.schema.json`)?.(json) === true;
}
