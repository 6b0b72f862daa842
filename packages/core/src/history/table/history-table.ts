import { show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import type { HistoryRow } from "../rows.ts";
import { type Chunk, columnOf } from "./chunk.ts";
import { type AnyColumn, makeColumn } from "./column.ts";
import { refuseRunIdMetric, type TableRun } from "./refuse-run-id.ts";
import { rowsOf } from "./rows-of.ts";
import { RepeatedText } from "./texts.ts";

const RUN_ID = "run_id";

/** A run's rows as columns. */
export interface RunChunk {
  readonly run: TableRun;
  readonly chunk: Chunk;
}

/** Makes a table of runs' chunks, in their order. A run may have several. */
export let makeTable: (runs: readonly RunChunk[]) => HistoryTable;

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
    makeTable = (runs) => new HistoryTable(runs);
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
    return new HistoryTable([...tables].flatMap((table) => table.#runs));
  }

  /** How many rows there are, of all runs. */
  readonly numRows: number;
  readonly #runs: readonly RunChunk[];
  readonly #columns = new Map<string, AnyColumn>();
  #names: readonly string[] | undefined;

  private constructor(runs: readonly RunChunk[]) {
    for (const { run, chunk } of runs) refuseRunIdMetric(run, chunk);
    this.#runs = runs;
    this.numRows = runs.reduce((sum, { chunk }) => sum + chunk.numRows, 0);
  }

  /** `"run_id"`, then the metrics of all runs, sorted by name. */
  get columnNames(): readonly string[] {
    if (this.#names === undefined) {
      const names = new Set<string>();
      for (const schema of new Set(this.#runs.map(({ chunk }) => chunk.schema))) {
        for (const name of schema.names) names.add(name);
      }
      this.#names = Object.freeze([RUN_ID, ...[...names].sort()]);
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
      const parts = this.#parts(name);
      if (name !== RUN_ID && parts.every((part) => part.column === undefined)) {
        throw noSuch("column", name, this.columnNames);
      }
      column = makeColumn(name, parts);
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
    return new HistoryTable(runs);
  }

  /** Each run's id and how many of the rows, one after another, are its. A run whose rows lie apart comes again. */
  *runLengths(): Generator<{ runId: string; numRows: number }, void, undefined> {
    for (const { run, chunk } of this.#runs) yield { runId: run.id, numRows: chunk.numRows };
  }

  /**
   * The rows as objects: `run_id` first, then the row's metrics sorted by name (names that are whole numbers come first
   * of all, as in any object). A whole number is a `number` when it is a safe integer, else a `bigint`. A metric that
   * the row didn't hold is absent; one that was logged as null is null.
   */
  toRows(): HistoryRow[] {
    const rows: HistoryRow[] = [];
    for (const { run, chunk } of this.#runs) rowsOf(run.id, chunk, 0, chunk.numRows, rows);
    return rows;
  }

  /** The rows as `toRows()` has them, made as they are asked for. */
  *[Symbol.iterator](): Generator<HistoryRow, void, undefined> {
    for (const { run, chunk } of this.#runs) {
      for (let start = 0; start < chunk.numRows; start += ROWS_AT_ONCE) {
        const rows: HistoryRow[] = [];
        rowsOf(run.id, chunk, start, Math.min(start + ROWS_AT_ONCE, chunk.numRows), rows);
        yield* rows;
      }
    }
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const runs = this.runIds.length;
    return `HistoryTable { ${counted(this.numRows, "row")} of ${counted(runs, "run")}, ${counted(this.columnNames.length, "column")}: ${listed(this.columnNames)} }`;
  }

  #parts(name: string) {
    return this.#runs.map(({ run, chunk }) => ({
      numRows: chunk.numRows,
      column:
        name === RUN_ID
          ? {
              kind: "utf8" as const,
              validity: null,
              present: null,
              texts: new RepeatedText(run.id, chunk.numRows),
            }
          : columnOf(chunk, name),
    }));
  }
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
