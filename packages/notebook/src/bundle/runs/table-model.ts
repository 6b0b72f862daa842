import { InvalidArgumentError, type RunTable } from "@lazyruns/core";
import { textOf } from "../cell-text.ts";
import { counted, listed } from "../format.ts";
import { MOST_COLUMNS, MOST_RUNS } from "../limits.ts";
import type { BundleOptions } from "../options.ts";
import { fieldOfTable } from "./fields.ts";
import type { RunsColumn, RunsModel } from "./model.ts";

/** A table of runs: every column that its maker chose. */
export function tableModel(table: RunTable<object>, options: BundleOptions): RunsModel {
  const most = options.maxRows ?? MOST_RUNS;
  const names = table.columnNames.filter((name) => name !== "run_id");
  const chosen = options.columns ?? names.slice(0, MOST_COLUMNS);
  const wrong = chosen.filter((name) => !names.includes(name));
  if (wrong.length > 0) {
    throw new InvalidArgumentError(`The table has no column ${listed(wrong)}; it has ${listed(names, 30)}.`);
  }
  const column = (name: string, shown: boolean): RunsColumn => {
    const [, prefix = "other", key = name] = /^(config|summary)\.(.+)$/s.exec(name) ?? [];
    const field = fieldOfTable(name);
    const kind = field === undefined ? (prefix as RunsColumn["kind"]) : "field";
    const values = table
      .column(name)
      .slice(0, most)
      .map((value) => userName(name, value));
    return { kind, name: field ?? key, values, shown };
  };
  const rest = names.filter((name) => !chosen.includes(name));
  const ids = table.column("run_id").slice(0, most).map(textOf);
  const notes = [];
  if (table.numRows > ids.length) {
    notes.push(
      `${counted(table.numRows - ids.length, "more run")} not shown: show(table, { maxRows: ${table.numRows} }).`,
    );
  }
  if (rest.length > 0) notes.push(`${counted(rest.length, "more column")} not shown: ${listed(rest)}.`);
  return {
    of: "table",
    entity: null,
    project: null,
    url: undefined,
    total: table.numRows,
    loaded: table.numRows,
    full: 0,
    madeAt: new Date(),
    ids,
    states: names.includes("state") ? table.column("state") : [],
    columns: [...chosen.map((name) => column(name, true)), ...rest.map((name) => column(name, false))],
    notes,
    histories: options.histories,
    keys: options.keys,
  };
}

/** A user is an object there, of which people know the name. */
function userName(column: string, value: unknown): unknown {
  if (column !== "user" || typeof value !== "object" || value === null) return value;
  const { username, name } = value as { username?: unknown; name?: unknown };
  return username ?? name ?? null;
}
