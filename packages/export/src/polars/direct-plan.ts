import type { ExportedRows } from "@lazyruns/core";
import type { ExportedFile } from "../parquet/exported-file.ts";
import { byFirstStep } from "../parquet/merge.ts";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import type { Plan } from "../parquet/plan.ts";
import type { Unit } from "../parquet/unit.ts";
import type { FoundColumn, WantedColumn } from "../parquet/wanted-columns.ts";

/** What of one file polars reads at once: row groups that follow one another. */
export interface Stretch {
  readonly file: ExportedFile;
  readonly columns: readonly FoundColumn[];
  readonly units: readonly Unit[];
  /** The first of the file's rows that are in it, and how many there are. */
  readonly offset: number;
  readonly numRows: number;
}

/** How polars can read rows right from the files. */
export interface DirectPlan {
  readonly plan: Plan;
  /** By name, as a table has them. */
  readonly columns: readonly WantedColumn[];
  readonly stretches: readonly Stretch[];
}

const PLAIN: ReadonlySet<string> = new Set(["int64", "float64", "bool", "utf8"]);

/**
 * Plans how polars reads rows by itself, where that comes out as the rows of a table do: all columns are numbers, truth
 * values and text, of one type in all files, and each row group's steps come after those of the one before.
 *
 * @param mostBytes - how much memory a stretch's values may take
 * @returns undefined where it doesn't come out so
 */
export function planDirect(
  opened: OpenedFiles,
  rows: ExportedRows,
  mostBytes: number,
): DirectPlan | undefined {
  const plan = opened.plan(rows);
  const columns = [...plan.wanted].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(columns.map(({ name }) => name));
  const isThere = (rows.keys ?? []).every((key) => names.has(key)) && !names.has("run_id");
  if (!isThere || !columns.every(({ dtype }) => PLAIN.has(dtype))) return undefined;
  const found = new Map(plan.units.map(({ file, columns }) => [file, columns]));
  for (const own of found.values()) if (!own.every((column) => isDirect(column, columns))) return undefined;
  const units = [...plan.units].sort(byFirstStep);
  if (!units.every((unit, index) => follows(unit, units[index - 1]))) return undefined;
  return { plan, columns, stretches: stretchesOf(units, mostBytes) };
}

function isDirect({ name, column }: FoundColumn, wanted: readonly WantedColumn[]): boolean {
  const { dtype } = wanted.find((other) => other.name === name) as WantedColumn;
  return column.isPlain && column.path.length === 1 && column.dtype === dtype;
}

function follows({ steps, order }: Unit, before: Unit | undefined): boolean {
  if (!Number.isFinite(steps.min) || !Number.isFinite(steps.max)) return false;
  if (before === undefined) return true;
  return before.steps.max < steps.min || (before.steps.max === steps.min && before.order < order);
}

function stretchesOf(units: readonly Unit[], mostBytes: number): Stretch[] {
  const stretches: Unit[][] = [];
  let bytes = 0;
  for (const unit of units) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    bytes += unit.group.bytes;
    if (last !== undefined && before !== undefined && isNext(unit, before) && bytes <= mostBytes)
      last.push(unit);
    else {
      stretches.push([unit]);
      bytes = unit.group.bytes;
    }
  }
  return stretches.map((own) => {
    const { file, group, columns } = own[0] as Unit;
    const { rowGroups } = file.footer;
    const before = rowGroups.slice(0, rowGroups.indexOf(group));
    return {
      file,
      columns,
      units: own,
      offset: countRows(before),
      numRows: countRows(own.map(({ group }) => group)),
    };
  });
}

function isNext({ file, group }: Unit, before: Unit): boolean {
  const { rowGroups } = file.footer;
  return file === before.file && rowGroups.indexOf(group) === rowGroups.indexOf(before.group) + 1;
}

function countRows(groups: readonly { readonly numRows: number }[]): number {
  return groups.reduce((sum, { numRows }) => sum + numRows, 0);
}
