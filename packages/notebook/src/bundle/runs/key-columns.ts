import type { FullRun, Run } from "@lazyruns/core";
import { flatten } from "../flatten.ts";
import { plain } from "../plain.ts";

/** A key of config or summary and its value a run; undefined where the run hasn't it. */
export interface KeyColumn {
  readonly kind: "config" | "summary";
  readonly name: string;
  readonly values: readonly unknown[];
  /** Whether two runs that are loaded have different values; one that hasn't the key differs. */
  readonly differs: boolean;
}

/** The keys of the runs' config or summary, in the order in which they are first met. */
export function keyColumns(runs: readonly Run[], kind: KeyColumn["kind"]): KeyColumn[] {
  const flat = runs.map((run) => (run.isLoaded ? flatten((run as FullRun)[kind]) : undefined));
  const names = new Set(flat.flatMap((values) => [...(values?.keys() ?? [])]));
  return [...names].map((name) => {
    const values = flat.map((run) => run?.get(name));
    const loaded = values.filter((_, at) => flat[at] !== undefined);
    return { kind, name, values, differs: loaded.some((value) => !isSame(value, loaded[0])) };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

/** Keys that W&B writes into every summary: when and how long, which the run's own fields say. */
const OF_WANDB = new Set(["_wandb", "_runtime", "_timestamp", "_step"]);

/** Keys that tell the runs apart, those that most runs have first; W&B's own not among them. */
export function telling(columns: readonly KeyColumn[]): KeyColumn[] {
  const present = ({ values }: KeyColumn) => values.filter((value) => value !== undefined).length;
  return columns
    .filter(({ name, differs }) => differs && !isOfWandb(name))
    .map((column, index) => ({ column, index, present: present(column) }))
    .sort((a, b) => b.present - a.present || a.index - b.index)
    .map(({ column }) => column);
}

export function isOfWandb(name: string): boolean {
  return OF_WANDB.has(name.split(".", 1)[0] as string);
}
