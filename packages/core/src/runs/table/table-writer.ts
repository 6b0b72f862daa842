import { flatten } from "@lazyruns/json";
import type { RunValues } from "../../values.ts";
import type { FullRun } from "../run.ts";
import { pick } from "./keys.ts";
import type { TableQuestion } from "./options.ts";
import { RunTable, type TableValue } from "./run-table.ts";

type Cell = readonly [column: string, value: TableValue];

/** The table of runs that are full already. */
export function tableOf(runs: Iterable<FullRun>, question: TableQuestion): RunTable {
  const writer = new TableWriter(question);
  for (const run of runs) writer.add(run);
  return writer.finish();
}

/** Writes a table run by run; of a table of all keys, columns turn up as runs have them. */
export class TableWriter {
  readonly #question: TableQuestion;
  readonly #columns: Map<string, TableValue[]>;
  /** How many columns are there whether or not a run has them. */
  readonly #named: number;
  #numRows = 0;

  constructor(question: TableQuestion) {
    this.#question = question;
    const { fields, keys } = question;
    const columns = [
      "run_id",
      ...fields,
      ...(keys?.config ?? []).map((key) => `config.${key}`),
      ...(keys?.summary ?? []).map((key) => `summary.${key}`),
    ];
    this.#columns = new Map(columns.map((name) => [name, []]));
    this.#named = this.#columns.size;
  }

  add(run: FullRun): void {
    const { fields, keys } = this.#question;
    this.#put([["run_id", run.id], ...fields.map((field): Cell => [field, run[field]])]);
    // What is not asked for isn't read: reading parses it.
    if (keys?.config.length !== 0) this.#put(cells("config", run.config, keys?.config));
    if (keys?.summary.length !== 0) this.#put(cells("summary", run.summary, keys?.summary));
    this.#numRows++;
  }

  /** The table; of all keys, those of the config come first, each part sorted by name. */
  finish(): RunTable {
    for (const column of this.#columns.values()) {
      this.#fill(column);
      column.length = this.#numRows; // of a run that could not be read to its end, nothing stays
    }
    const named = [...this.#columns].slice(0, this.#named);
    const found = [...this.#columns].slice(this.#named).sort(([a], [b]) => (a < b ? -1 : 1));
    return new RunTable(new Map([...named, ...found]), this.#numRows);
  }

  #put(cells: readonly Cell[]): void {
    for (const [name, value] of cells) {
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = [];
        this.#columns.set(name, column);
      }
      this.#fill(column);
      column.push(value);
    }
  }

  #fill(column: TableValue[]): void {
    while (column.length < this.#numRows) column.push(null);
  }
}

function cells(part: string, values: RunValues, keys: readonly string[] | undefined): Cell[] {
  const found =
    keys === undefined ? [...flatten(values)] : keys.map((key) => [key, pick(values, key) ?? null] as const);
  return found.map(([key, value]) => [`${part}.${key}`, value]);
}
