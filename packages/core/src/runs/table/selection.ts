import type { Also } from "../../graphql/documents.ts";
import { TABLE_FIELDS, type TableField } from "../../graphql/light-fields.ts";
import { keysToAsk } from "./keys.ts";
import type { TableKeys } from "./options.ts";

const PARTS = { config: "config", summary: "summaryMetrics" } as const;

/** The keys that a table takes of each part; a part without keys isn't asked for. */
export type ChosenKeys = Readonly<Record<keyof typeof PARTS, NonNullable<TableKeys>>>;

/** The selection of a run that holds the fields and the chosen keys alone, and the variables that name the keys. */
export function selectChosen(
  fields: readonly TableField[],
  keys: ChosenKeys,
): { readonly fields: string; readonly also: Also } {
  const selected = new Set(["name", ...fields.map((field) => TABLE_FIELDS[field])]);
  const variables: Record<string, string[]> = {};
  for (const part of ["config", "summary"] as const) {
    if (keys[part].length === 0) continue;
    variables[`${part}Keys`] = keysToAsk(keys[part]);
    selected.add(`${PARTS[part]}(keys: $${part}Keys)`);
  }
  const declarations = Object.keys(variables).map((name) => `, $${name}: [String!]`);
  return {
    fields: [...selected].join(" "),
    also: { declarations: declarations.join(""), variables, selection: "" },
  };
}
