import { show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import type { TableField } from "../../graphql/light-fields.ts";
import { buildColumn, type Cell } from "../../history/table/build-column.ts";
import { type AnyColumn, makeColumn } from "../../history/table/column.ts";
import { RUN_ID } from "../../history/table/run-fields.ts";
import { printAs } from "../../printable.ts";
import type { RunValue } from "../../values.ts";
import type { Run, User } from "../run.ts";
import type { TableKeys } from "./options.ts";

/** A cell: a value as it was logged, or a light field as the run has it. Null where the run has none. */
export type TableValue = RunValue | Date | User | readonly string[];

/**
 * A record of a table of runs, typed by the keys that were asked for.
 *
 * @example
 * type Row = TableRow<["lr"], ["accuracy"], ["name"]>;
 * // { run_id: string; name: string; "config.lr": RunValue; "summary.accuracy": RunValue }
 */
export type TableRow<
  C extends TableKeys = undefined,
  S extends TableKeys = undefined,
  F extends readonly TableField[] = ["name", "state"],
> = { readonly run_id: string } & { readonly [K in F[number]]: Run[K] } & (C extends undefined
    ? S extends undefined
      ? { readonly [column: `config.${string}` | `summary.${string}`]: RunValue }
      : KeyColumns<"summary", S>
    : KeyColumns<"config", C> & KeyColumns<"summary", S>);

type KeyColumns<Part extends string, K extends TableKeys> = K extends readonly string[]
  ? { readonly [Key in K[number] as `${Part}.${Key}`]: RunValue }
  : unknown;

/**
 * A table of runs by columns: one row a run, absent values null.
 *
 * @example
 * const table = await runs.table({ config: ["lr"], summary: ["accuracy"], format: "table" });
 * table.columnNames; // ["run_id", "name", "state", "config.lr", "summary.accuracy"]
 * table.column("config.lr"); // [0.1, 0.01, null]
 */
export class RunTable<Row extends object = Readonly<Record<string, TableValue>>> implements Iterable<Row> {
  static {
    printAs(RunTable.prototype, ({ numRows, columnNames }) => {
      const shape = `${numRows} ${numRows === 1 ? "run" : "runs"}, ${columnNames.length} columns`;
      const shown = columnNames.slice(0, 20).join(", ");
      return `RunTable { ${shape}: ${shown}${columnNames.length > 20 ? ", ..." : ""} }`;
    });
  }

  /** The columns' names, in order: `run_id`, the fields, the config's keys, the summary's. */
  readonly columnNames: readonly string[];
  /** How many runs. */
  readonly numRows: number;
  readonly #columns: ReadonlyMap<string, readonly TableValue[]>;

  constructor(columns: ReadonlyMap<string, readonly TableValue[]>, numRows: number) {
    this.#columns = columns;
    this.columnNames = [...columns.keys()];
    this.numRows = numRows;
  }

  /**
   * A column's values, one a run.
   *
   * @throws InvalidArgumentError for a column that isn't there
   */
  column(name: string): readonly TableValue[] {
    const column = this.#columns.get(name);
    if (column !== undefined) return column;
    throw new InvalidArgumentError(
      `There is no column ${show(name)}; there are: ${this.columnNames.slice(0, 30).join(", ")}` +
        `${this.columnNames.length > 30 ? ` and ${this.columnNames.length - 30} more` : ""}.`,
    );
  }

  /**
   * A column as typed arrays, as histories have them: whole numbers, doubles, truth values, text, moments, and JSON text
   * for lists, nested and mixed values.
   *
   * @throws InvalidArgumentError for a column that isn't there
   * @example
   * table.toColumn("config.lr").values; // Float64Array(3)
   */
  toColumn(name: string): AnyColumn {
    const cells = this.column(name) as readonly Cell[];
    const parts = [{ numRows: this.numRows, column: buildColumn(cells, false) }];
    return makeColumn(name, parts, name === RUN_ID ? "utf8" : undefined);
  }

  /** One record a run; each holds every column. */
  toRows(): Row[] {
    return [...this];
  }

  *[Symbol.iterator](): Generator<Row, void, undefined> {
    const columns = [...this.#columns];
    for (let index = 0; index < this.numRows; index++) {
      yield Object.fromEntries(columns.map(([name, values]) => [name, values[index] ?? null])) as Row;
    }
  }
}
