import type { Cell, RunsData } from "../data/runs-data.ts";

/** What is said behind the runs' names: the id of each that has the name of another one. Undefined: no two have one name. */
export function nameAsides(names: readonly unknown[], { ids, runIds }: RunsData): string[] | undefined {
  const seen = new Set<unknown>();
  const shared = new Set<unknown>();
  for (const name of names) (seen.has(name) ? shared : seen).add(name);
  if (shared.size === 0) return undefined;
  const asides = runIds ?? ids;
  return names.map((name, row) => {
    const id = asides[row] ?? "";
    return shared.has(name) && id !== name ? id : "";
  });
}

/** The runs' names; of a run without one its id, so that it can be told from the next. */
export function namesOrIds(names: readonly Cell[], { ids, runIds }: RunsData): readonly Cell[] {
  const isNameless = (name: Cell) => name === null || (typeof name === "string" && name.trim() === "");
  if (!names.some(isNameless)) return names;
  return names.map((name, row) => (isNameless(name) ? ((runIds ?? ids)[row] ?? name) : name));
}
