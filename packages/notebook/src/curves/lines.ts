import { distinctLabels } from "@lazyruns/curves";
import { cellText } from "../bundle/cell-text.ts";
import type { CurveSource, Segment } from "./source.ts";

/** What becomes a curve in every chart: a run, or several of a group. */
export interface Line {
  readonly label: string;
  readonly isGroup: boolean;
  /** The rows of each run. */
  readonly runs: readonly (readonly Segment[])[];
}

/** A line a run, or one a value of the column that groups; in the order in which they are first met. */
export function linesOf(
  source: CurveSource,
  {
    groupBy,
    names,
  }: { readonly groupBy: string | undefined; readonly names?: ReadonlyMap<string, string> | undefined },
): Line[] {
  if (groupBy === undefined || groupBy === "run_id") return runLines(source, names);
  const groups = new Map<string, Segment[]>();
  for (const { label, segment } of groupedRows(source, groupBy)) push(groups, label, segment);
  return [...groups].map(([label, segments]) => ({
    label,
    isGroup: true,
    runs: [...byRun(segments).values()],
  }));
}

/** A group's value as its label says it. */
export function groupLabel(value: unknown): string {
  const { text, whole, kind } = cellText(value);
  if (kind === "absent") return "none";
  return kind === "number" ? String(value) : (whole ?? text);
}

/** Stretches of rows with one value of the column that groups. */
export function* groupedRows(
  { segments, cell }: CurveSource,
  groupBy: string,
): Generator<{ label: string; segment: Segment }, void, undefined> {
  for (const { id, start, end } of segments) {
    let from = start;
    let value = cell(groupBy, start);
    let label = groupLabel(value);
    for (let row = start + 1; row < end; row++) {
      const next = cell(groupBy, row);
      if (Object.is(next, value)) continue; // of most runs it is the same in every row
      value = next;
      const other = groupLabel(next);
      if (other === label) continue;
      yield { label, segment: { id, start: from, end: row } };
      label = other;
      from = row;
    }
    yield { label, segment: { id, start: from, end } };
  }
}

function runLines(source: CurveSource, names: ReadonlyMap<string, string> | undefined): Line[] {
  const runs = byRun(source.segments);
  const labels = runLabels(source, runs, names);
  return [...runs].map(([id, segments]) => ({
    label: labels.get(id) as string,
    isGroup: false,
    runs: [segments],
  }));
}

/** The names of runs, and behind a name that several have the id; the id where there is no name. */
export function runLabels(
  source: CurveSource,
  runs: ReadonlyMap<string, readonly Segment[]>,
  names: ReadonlyMap<string, string> | undefined,
): Map<string, string> {
  const nameOf = (id: string, [first]: readonly Segment[]): string | undefined => {
    const known = names?.get(id);
    if (known !== undefined || first === undefined || !source.columnNames.includes("name")) return known;
    const cell = source.cell("name", first.start);
    return typeof cell === "string" && cell !== "" ? cell : undefined;
  };
  return distinctLabels([...runs].map(([id, segments]) => [id, nameOf(id, segments) ?? id] as const));
}

/** The rows of each run, wherever they lie. */
export function byRun(segments: readonly Segment[]): Map<string, Segment[]> {
  const runs = new Map<string, Segment[]>();
  for (const segment of segments) push(runs, segment.id, segment);
  return runs;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
