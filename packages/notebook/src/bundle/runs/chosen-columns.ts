import { listed } from "../format.ts";
import { fieldCalled } from "./fields.ts";
import type { KeyColumn } from "./key-columns.ts";
import type { RunsColumn } from "./model.ts";
import { notLoaded } from "./runs-model.ts";

/** A field of the runs as a column: its name, and a value a run. */
interface FieldColumn {
  readonly name: string;
  readonly values: readonly unknown[];
}

/**
 * The columns that were asked for, in that order behind the name. A bare key is looked for in config, then in summary.
 * What no run has is an empty column, and said.
 */
export function chosenColumns(
  chosen: readonly string[],
  fields: readonly FieldColumn[],
  keys: readonly KeyColumn[],
  runs: { readonly runs: number; readonly full: number },
): { columns: RunsColumn[]; notes: string[] } {
  const missing: string[] = [];
  let needsLoading = false;
  const shown = new Set<FieldColumn | KeyColumn>();
  const columns = [...new Set(["name", ...chosen.map((name) => fieldCalled(name) ?? name)])].map(
    (asked): RunsColumn => {
      const field = fields.find(({ name }) => name === asked);
      if (field !== undefined) {
        shown.add(field);
        return { ...field, kind: "field", shown: true };
      }
      needsLoading = true;
      const key =
        keys.find(({ kind, name }) => asked === `${kind}.${name}`) ?? keys.find(({ name }) => name === asked);
      if (key !== undefined) {
        shown.add(key);
        return { ...key, shown: true };
      }
      missing.push(asked);
      const [, kind = "other", name = asked] = /^(config|summary)\.(.+)$/s.exec(asked) ?? [];
      return { kind: kind as RunsColumn["kind"], name, values: Array(runs.runs).fill(null), shown: true };
    },
  );
  const notes = [];
  if (needsLoading && runs.full < runs.runs) notes.push(notLoaded(runs.full, runs.runs));
  else if (missing.length > 0 && runs.runs > 0) notes.push(`None of these runs has ${listed(missing)}.`);
  const rest = [
    ...fields
      .filter((field) => !shown.has(field) && field.values.some((value) => value !== null))
      .map((field) => ({ ...field, kind: "field" as const, shown: false })),
    ...keys.filter((key) => !shown.has(key)).map((key) => ({ ...key, shown: false })),
  ];
  return { columns: [...columns, ...rest], notes };
}
