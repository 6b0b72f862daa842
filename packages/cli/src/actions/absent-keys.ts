import type { HistoryTable, Run } from "@lazyruns/core";
import type { Context } from "../context.ts";
import { listed } from "./counted.ts";
import { nearNames } from "./near-names.ts";

/** So many runs are asked what they logged: one small request or two. */
export const ASKED_RUNS = 100;

/** Watches whether metrics that were named come up in tables. */
export class KeyWatch {
  readonly #absent: Set<string>;

  constructor(keys: readonly string[]) {
    this.#absent = new Set(keys);
  }

  /** The metrics that no row has held so far. */
  get absent(): string[] {
    return [...this.#absent];
  }

  see(table: HistoryTable): void {
    for (const key of this.#absent) if (holds(table, key)) this.#absent.delete(key);
  }
}

function holds(table: HistoryTable, key: string): boolean {
  if (!table.columnNames.includes(key)) return false;
  const column = table.column(key);
  for (let row = 0; row < table.numRows; row++) if (column.get(row) !== null) return true;
  return false;
}

/**
 * Warns of metrics that runs haven't logged, with the near ones that they have: a name that is misspelt gives no rows,
 * and no error either.
 *
 * @param runs - those that were read, of which the first are asked
 */
export async function warnOfAbsent(
  keys: readonly string[],
  runs: readonly Run[],
  context: Context,
): Promise<void> {
  const asked = runs.slice(0, ASKED_RUNS);
  const metrics = keys.filter((key) => !key.startsWith("_"));
  if (metrics.length === 0 || asked.length === 0) return;
  const { signal } = context;
  // A run that was deleted meanwhile, or a server that ails, is no reason to fail: the rows are written.
  const found = await Promise.all(asked.map((run) => run.historyKeys({ signal }).catch(() => undefined)));
  signal.throwIfAborted();
  const answers = found.filter((keys) => keys !== undefined);
  if (answers.length === 0) return;
  const logged = new Set(answers.flatMap((keys) => [...keys.keys()]));
  const who = runs.length > asked.length ? `none of the first ${ASKED_RUNS} runs` : "none of the runs";
  for (const key of metrics.filter((name) => !isLogged(name, logged))) {
    context.warn(`${who} has logged the metric ${JSON.stringify(key)}. ${hint(key, logged)}`);
  }
}

/** Whole values are asked for by what their parts' names begin with. */
function isLogged(key: string, logged: ReadonlySet<string>): boolean {
  return (
    logged.has(key) || [...logged].some((name) => name.startsWith(`${key}.`) || key.startsWith(`${name}.`))
  );
}

function hint(key: string, logged: ReadonlySet<string>): string {
  const near = nearNames(key, logged).slice(0, 3);
  if (near.length > 0) return `Did you mean ${near.map((name) => JSON.stringify(name)).join(" or ")}?`;
  const metrics = [...logged].filter((name) => !name.startsWith("_")).sort();
  return metrics.length === 0 ? "They have logged none." : `There are: ${listed(metrics)}.`;
}
