import type { TranslationBundle } from "@jupyterlab/translation";

/** What an axis is called: W&B's own columns by what they are, metrics by their names. */
export function axisName(name: string | null, trans: TranslationBundle): string {
  switch (name) {
    case null:
      return trans.__("Row");
    case "_step":
      return trans.__("Step");
    case "_runtime":
      return trans.__("Relative time");
    case "_timestamp":
      return trans.__("Wall time (UTC)");
    default:
      return name;
  }
}

/** What a line is called: a run that has neither name nor id is of a frame without runs. */
export function lineName(label: string, trans: TranslationBundle): string {
  return label === "" ? trans.__("all rows") : label;
}
