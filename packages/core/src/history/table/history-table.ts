import { checkWhole, show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import { printAs } from "../../printable.ts";
import type { HistoryRow } from "../rows.ts";
import { BuffersInUse } from "./buffers-in-use.ts";
import { type Chunk, chunkOf, columnOf } from "./chunk.ts";
import { type AnyColumn, type ColumnPart, makeColumn } from "./column.ts";
import { type DType, unite } from "./dtype.ts";
import { type ColumnData, splitByRun } from "./from-columns.ts";
import { refuseTaken, type TableRun } from "./refuse-taken.ts";
import { rowsOf } from "./rows-of.ts";
import { constantColumn, RUN_ID, type RunFields } from "./run-fields.ts";
import { sliceChunk } from "./slice-chunk.ts";

/** A run's rows as columns. */
export interface RunChunk {
  readonly run: TableRun;
  readonly chunk: Chunk;
  /** What of the run stands in each of its rows. */
  readonly fields?: RunFields | undefined;
}

/** Columns that a table has whether or not its rows have values for them. */
export interface NamedInAdvance {
  /** Of the runs, in their order. */
  readonly fields?: readonly string[] | undefined;
  readonly metrics?: readonly string[] | undefined;
  /** The type of a column without a single value, where it is known. */
  readonly typeOfEmpty?: TypeOf | undefined;
}

type TypeOf = (name: string) => DType | undefined;

/** Makes a table of runs' chunks, in their order. A run may have several. */
export let makeTable: (runs: readonly RunChunk[], named?: NamedInAdvance) => HistoryTable;

/**
 * Makes a table that is read once, by `batches()`: what a piece held is freed when the next is asked for. Nothing else
 * may hold the chunks, and the list of runs is emptied on the way.
 */
export let makePassingTable: (runs: RunChunk[], named: NamedInAdvance) => HistoryTable;

/** How a table is made. */
interface TableMake {
  readonly named?: NamedInAdvance | undefined;
  /** Types that columns have at least: theirs are united with these. */
  readonly dtypeOf?: TypeOf | undefined;
  readonly passing?: RunChunk[] | undefined;
}

/**
 * Histories as columns: the rows of many runs, each metric in typed arrays. It holds about 8 bytes a number, where
 * the same rows as objects take nearly 30.
 *
 * Runs that logged different metrics are united: `columnNames` has them all, and a row without a metric has no value
 * there. Types are united too: whole numbers that meet doubles become `float64`; what has no type in common (a metric
 * that is a number in one run and text in another, or both in one) becomes `json`, and `toRows()` still gives each
 * value as it was logged. NaN and the infinities are values, and differ from null. Whole numbers beyond 64 bits make
 * a column `float64`; `toRows()` gives them as bigints, exactly.
 *
 * @example
 * const table = await runs.histories({ keys: ["loss"], format: "table" });
 * table.numRows; // 1000
 * table.columnNames; // ["run_id", "_step", "loss"]
 * const loss = table.column("loss"); // dtype "float64", values: Float64Array(1000)
 * for (const row of table) console.log(row.run_id, row.loss);
 */
export class HistoryTable implements Iterable<HistoryRow> {
  static {
    makeTable = (runs, named) => new HistoryTable(runs, { named });
    makePassingTable = (runs, named) => new HistoryTable(runs, { named, passing: runs });
    printAs(HistoryTable.prototype, ({ numRows, runIds, columnNames }) => {
      const shape = `${counted(numRows, "row")} of ${counted(runIds.length, "run")}`;
      return `HistoryTable { ${shape}, ${counted(columnNames.length, "column")}: ${listed(columnNames)} }`;
    });
  }

  /**
   * One table of the rows of several, in their order. The values are shared with the tables, not copied.
   *
   * @example
   * const tables = [];
   * for await (const { table } of runs.historyStream()) tables.push(table);
   * const all = HistoryTable.concat(tables);
   */
  static concat(tables: Iterable<HistoryTable>): HistoryTable {
    const all = [...tables];
    const named = {
      fields: all.flatMap((table) => table.#fields),
      metrics: all.flatMap((table) => table.#metrics),
      typeOfEmpty: (name: string) =>
        all.reduce<DType>((dtype, table) => unite(dtype, table.#typeOfEmpty?.(name) ?? "null"), "null"),
    };
    return new HistoryTable(
      all.flatMap((table) => table.#runs),
      { named },
    );
  }

  /**
   * A table of columns that came from elsewhere: an Arrow file, a cache.
   *
   * @param runIds - the run of each row. Rows of a run that follow one another belong together.
   * @param columns - the metrics, in any order, each with a value or a null a row
   * @throws InvalidArgumentError for columns that don't fit the rows, one another or their types
   * @example
   * const loss = { name: "loss", dtype: "float64", values: Float64Array.of(2.3, 1.9), validity: null } as const;
   * const table = HistoryTable.fromColumns(["a1b2c3d4", "a1b2c3d4"], [loss]);
   */
  static fromColumns(runIds: readonly string[], columns: Iterable<ColumnData>): HistoryTable {
    const known = [...columns];
    const runs = splitByRun(runIds, known).map(({ id, chunk }) => ({
      run: { id, entity: "", project: "" },
      chunk,
    }));
    const types = new Map(known.map(({ name, dtype }) => [name, dtype]));
    return new HistoryTable(runs, {
      named: { metrics: [...types.keys()], typeOfEmpty: (name) => types.get(name) },
    });
  }

  /** How many rows there are, of all runs. */
  readonly numRows: number;
  readonly #runs: readonly RunChunk[];
  readonly #columns = new Map<string, AnyColumn>();
  /** The columns of the runs. */
  readonly #fields: readonly string[];
  /** Metrics that are columns without being in any row. */
  readonly #metrics: readonly string[];
  /** The list of runs itself, when its chunks are freed as they are read. */
  readonly #passing: RunChunk[] | undefined;
  readonly #typeOfEmpty: TypeOf | undefined;
  readonly #dtypeOf: TypeOf | undefined;
  #names: readonly string[] | undefined;

  private constructor(runs: readonly RunChunk[], { named, dtypeOf, passing }: TableMake) {
    const fieldNames = new Set(named?.fields);
    let numRows = 0;
    for (const { run, chunk, fields } of runs) {
      refuseTaken(run, chunk, fields);
      for (const name of fields?.keys() ?? []) fieldNames.add(name);
      numRows += chunk.numRows;
    }
    this.numRows = numRows;
    this.#runs = runs;
    this.#fields = [...fieldNames];
    this.#metrics = [...new Set(named?.metrics)];
    this.#typeOfEmpty = named?.typeOfEmpty;
    this.#dtypeOf = dtypeOf;
    this.#passing = passing;
  }

  /** `"run_id"`, then the columns of the run that were asked for, then the metrics of all runs, sorted by name. */
  get columnNames(): readonly string[] {
    if (this.#names === undefined) {
      const metrics = new Set<string>(this.#metrics);
      for (const schema of new Set(this.#runs.map(({ chunk }) => chunk.schema))) {
        for (const name of schema.names) metrics.add(name);
      }
      this.#names = Object.freeze([...new Set([RUN_ID, ...this.#fields, ...[...metrics].sort()])]);
    }
    return this.#names;
  }

  /** The ids of the runs that the rows are of, in order; runs without rows too. */
  get runIds(): string[] {
    return [...new Set(this.#runs.map(({ run }) => run.id))];
  }

  /**
   * A column by its name. `"run_id"` is one, of type `utf8`.
   *
   * @throws InvalidArgumentError naming the columns there are, for another name
   */
  column(name: string): AnyColumn {
    let column = this.#columns.get(name);
    if (column === undefined) {
      if (!this.columnNames.includes(name)) throw noSuch("column", name, this.columnNames);
      const parts = this.#parts(name);
      column = makeColumn(name, parts, name === RUN_ID ? "utf8" : this.#dtypeOf?.(name));
      const known = column.dtype === "null" ? this.#typeOfEmpty?.(name) : undefined;
      if (known !== undefined) column = makeColumn(name, parts, known);
      this.#columns.set(name, column);
    }
    return column;
  }

  /**
   * The rows of one run, as a table of their own that shares the values.
   *
   * @throws InvalidArgumentError naming some of the runs there are, for another id
   */
  forRun(id: string): HistoryTable {
    const runs = this.#runs.filter(({ run }) => run.id === id);
    if (runs.length === 0) throw noSuch("run", id, this.runIds);
    return new HistoryTable(runs, {
      named: { fields: this.#fields, metrics: this.#metrics, typeOfEmpty: this.#typeOfEmpty },
      dtypeOf: this.#dtypeOf,
    });
  }

  /**
   * The table in pieces of at most so many rows, for work that shouldn't hold all of it twice. A piece has the columns and
   * types of the whole, and shares the values; a run that fits into one isn't cut.
   *
   * @param maxRows - a whole number of at least 1; best one that 8 divides, since a long run is cut without a copy then
   * @throws InvalidArgumentError for another `maxRows`
   * @example
   * for (const piece of table.batches(65_536)) write(piece.column("loss").values);
   */
  *batches(maxRows: number): Generator<HistoryTable, void, undefined> {
    checkWhole("maxRows", maxRows ?? null, 1);
    const dtypes = new Map(this.columnNames.map((name) => [name, this.column(name).dtype]));
    const like = {
      named: { fields: this.#fields, metrics: this.columnNames.slice(1 + this.#fields.length) },
      dtypeOf: (name: string) => dtypes.get(name),
    };
    const release = this.#passing && releasing(this.#passing, this.#columns);
    for (let start = 0, end = 0; start < this.#runs.length; start = end) {
      let rows = 0;
      do rows += numRowsOf(this.#runs[end++]);
      while (end < this.#runs.length && rows + numRowsOf(this.#runs[end]) <= maxRows);
      const runs = this.#runs.slice(start, end);
      for (let at = 0; at < rows; at += maxRows) {
        const part =
          rows <= maxRows ? runs : [cut(runs.at(-1) as RunChunk, at, Math.min(at + maxRows, rows))];
        yield new HistoryTable(part, like);
      }
      release?.(start, end);
    }
  }

  /** Each run's id and how many of the rows, one after another, are its. A run whose rows lie apart comes again. */
  *runLengths(): Generator<{ runId: string; numRows: number }, void, undefined> {
    for (const { run, chunk } of this.#runs) yield { runId: run.id, numRows: chunk.numRows };
  }

  /**
   * The rows as objects: `run_id` first, then the columns of the run, then the row's metrics sorted by name (names that are whole numbers come first
   * of all, as in any object). A whole number is a `number` when it is a safe integer, else a `bigint`. A metric that
   * the row didn't hold is absent; one that was logged as null is null.
   */
  toRows(): HistoryRow[] {
    const rows: HistoryRow[] = [];
    for (const { run, chunk, fields } of this.#runs) rowsOf(run.id, chunk, fields, 0, chunk.numRows, rows);
    return rows;
  }

  /** The rows as `toRows()` has them, made as they are asked for. */
  *[Symbol.iterator](): Generator<HistoryRow, void, undefined> {
    for (const { run, chunk, fields } of this.#runs) {
      for (let start = 0; start < chunk.numRows; start += ROWS_AT_ONCE) {
        const rows: HistoryRow[] = [];
        rowsOf(run.id, chunk, fields, start, Math.min(start + ROWS_AT_ONCE, chunk.numRows), rows);
        yield* rows;
      }
    }
  }

  #parts(name: string): ColumnPart[] {
    return this.#runs.map(({ run, chunk, fields }) => {
      const { numRows } = chunk;
      if (name === RUN_ID) return { numRows, column: constantColumn(run.id, numRows) };
      const field = fields?.get(name);
      return {
        numRows,
        column: field === undefined ? columnOf(chunk, name) : constantColumn(field, numRows),
      };
    });
  }
}

function numRowsOf(run: RunChunk | undefined): number {
  return run?.chunk.numRows ?? 0;
}

/** Some rows of a run. */
function cut({ chunk, ...run }: RunChunk, start: number, end: number): RunChunk {
  return { ...run, chunk: sliceChunk(chunk, start, end) };
}

/** Frees what runs from one number to just before another hold, and forgets what columns were made of it. */
function releasing(runs: RunChunk[], columns: Map<string, unknown>): (start: number, end: number) => void {
  const inUse = new BuffersInUse(runs.map(({ chunk }) => chunk));
  return (start, end) => {
    columns.clear();
    for (let index = start; index < end; index++) {
      const { run, chunk } = runs[index] as RunChunk;
      runs[index] = { run, chunk: chunkOf(0, []) };
      inUse.done(chunk);
    }
  };
}

/** Rows made ahead of a loop over them: enough to make them in one go, few enough to drop. */
const ROWS_AT_ONCE = 256;

function noSuch(what: string, name: unknown, names: readonly string[]): InvalidArgumentError {
  return new InvalidArgumentError(
    `The table has no ${what} ${show(name)}; it has ${names.length === 0 ? "none" : listed(names.map(show))}.`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
