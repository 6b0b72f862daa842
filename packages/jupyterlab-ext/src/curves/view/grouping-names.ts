import type { TranslationBundle } from "@jupyterlab/translation";
import { fieldName } from "../../data/field-name.ts";
import type { Grouping } from "../model/groups.ts";

const FIELD = "field:";

/** What groupings are called: fields of runs as in the table's headings, and what has the name of another by where it is. */
export function groupingNames(groupings: readonly Grouping[], trans: TranslationBundle): string[] {
  const names = groupings.map(({ key, name }) => {
    if (name === "") return trans.__("the plot's groups");
    return key.startsWith(FIELD) ? fieldName(name, trans) : name;
  });
  return groupings.map(({ key }, at) => {
    const name = names[at] as string;
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    return isAlone || !key.startsWith(FIELD) ? name : trans.__("%1 (field)", name);
  });
}
