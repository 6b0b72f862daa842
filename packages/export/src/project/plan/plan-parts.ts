import { type StoredColumn, sameColumns } from "../dataset/schema.ts";
import type { Slice, StoredFile } from "../dataset/stored-file.ts";

/** A part of the dataset to be: a file as it is, or rows of files that are put together anew. */
export type PlannedPart =
  | { readonly keep: StoredFile }
  | { readonly runs: readonly { readonly id: string; readonly slices: readonly Slice[] }[] };

/** A run and where its rows are. */
export interface PlacedRun {
  readonly id: string;
  readonly slices: readonly Slice[];
}

/**
 * Decides what parts a table is made of, so that they hold the runs in the order given, and as few rows as possible are
 * written anew. A file stays as it is when it has the columns of the table, and nothing but whole runs that follow one
 * another; small ones that would stand side by side are put together.
 *
 * @param runs - sorted by their ids
 * @param partRows - a part ends with the run that reaches so many rows, and within a run of more than twice as many
 * @param packedBytes - and likewise so many bytes of a file, as far as those tell that the rows are of
 */
export function planParts(
  runs: readonly PlacedRun[],
  columns: readonly StoredColumn[],
  partRows: number,
  packedBytes = Number.POSITIVE_INFINITY,
): PlannedPart[] {
  const measure = new Measure(partRows, packedBytes);
  const units = keepWhole(
    runs.filter(({ slices }) => slices.length > 0),
    columns,
  );
  const parts: PlannedPart[] = [];
  let small: Unit[] = [];
  const flush = () => {
    if (small.length === 1 && small[0]?.keep !== undefined) parts.push({ keep: small[0].keep });
    else
      parts.push(
        ...cut(
          small.flatMap(({ runs }) => runs),
          measure,
        ),
      );
    small = [];
  };
  for (const unit of units) {
    if (unit.keep === undefined || measure.share({ file: unit.keep, rows: unit.keep.rows }) < 1 / 2)
      small.push(unit);
    else {
      flush();
      parts.push({ keep: unit.keep });
    }
  }
  flush();
  return parts;
}

/** Sums of shares aren't exact. */
const EPSILON = 1e-6;

/** About how many bytes of a file are the column's own, whatever its rows hold. */
const COLUMN_BYTES = 300;

/** How much of a part rows make. */
class Measure {
  readonly #partRows: number;
  readonly #packedBytes: number;

  constructor(partRows: number, packedBytes: number) {
    this.#partRows = partRows;
    this.#packedBytes = packedBytes;
  }

  /** How many rows like a file's make a part. */
  rowsOf({ rows, bytes, columns }: StoredFile): number {
    const perRow = Math.max(0, bytes - COLUMN_BYTES * columns.length) / Math.max(1, rows);
    return Math.max(1, Math.min(this.#partRows, Math.floor(this.#packedBytes / perRow)));
  }

  share({ file, rows }: Pick<Slice, "file" | "rows">): number {
    return rows / this.rowsOf(file);
  }

  shares(slices: readonly Slice[]): number {
    return slices.reduce((sum, slice) => sum + this.share(slice), 0);
  }
}

interface Unit {
  readonly runs: readonly PlacedRun[];
  readonly keep?: StoredFile;
}

/** Takes the runs of a file together where the file can stay. */
function keepWhole(runs: readonly PlacedRun[], columns: readonly StoredColumn[]): Unit[] {
  const units: Unit[] = [];
  const pieces = runs.flatMap((run) => run.slices.map((slice) => ({ run, slice })));
  for (let at = 0; at < pieces.length; ) {
    const { file } = (pieces[at] as (typeof pieces)[number]).slice;
    let end = at;
    let rows = 0;
    while (end < pieces.length) {
      const { slice } = pieces[end] as (typeof pieces)[number];
      if (slice.file !== file || slice.start !== rows) break;
      rows += slice.rows;
      end++;
    }
    const isWhole = rows === file.rows && sameColumns(file.columns, columns);
    if (!isWhole) end = Math.max(end, at + 1);
    const taken = pieces.slice(at, end).map(({ run, slice }) => ({ id: run.id, slices: [slice] }));
    units.push(isWhole ? { runs: taken, keep: file } : { runs: taken });
    at = end;
  }
  return units;
}

/** Cuts runs into parts: between runs, and within those that are longer than a part. */
function cut(runs: readonly PlacedRun[], measure: Measure): PlannedPart[] {
  const parts: PlannedPart[] = [];
  let part: { id: string; slices: Slice[] }[] = [];
  let share = 0;
  const end = () => {
    if (part.length > 0) parts.push({ runs: part });
    part = [];
    share = 0;
  };
  for (const { id, slices } of joined(runs)) {
    const total = measure.shares(slices);
    if (total <= 2 + EPSILON) {
      part.push({ id, slices: [...slices] });
      share += total;
    } else {
      end();
      for (const piece of pieces(slices, measure)) {
        end();
        part = [{ id, slices: piece }];
        share = measure.shares(piece);
      }
    }
    if (share >= 1 - EPSILON) end();
  }
  end();
  return parts;
}

/** A run's pieces that follow one another, as one run again. */
function joined(runs: readonly PlacedRun[]): PlacedRun[] {
  const all: { id: string; slices: Slice[] }[] = [];
  for (const { id, slices } of runs) {
    const last = all.at(-1);
    if (last?.id === id) last.slices.push(...slices);
    else all.push({ id, slices: [...slices] });
  }
  return all;
}

/** Slices cut into lists that make a part each. */
function pieces(slices: readonly Slice[], measure: Measure): Slice[][] {
  const all: Slice[][] = [[]];
  let room = 1;
  for (const { file, start, rows } of slices) {
    for (let at = 0; at < rows; ) {
      const most = Math.floor(room * measure.rowsOf(file) + EPSILON);
      if (most === 0) {
        all.push([]);
        room = 1;
        continue;
      }
      const taken = Math.min(most, rows - at);
      all.at(-1)?.push({ file, start: start + at, rows: taken });
      at += taken;
      room -= measure.share({ file, rows: taken });
    }
  }
  return all;
}
