import { parse } from "@lazyruns/json";
import { isObject, stepOf } from "./row.ts";
import { rowMembers } from "./row-members.ts";

interface KeyFacts {
  readonly typeCounts: Map<string, number>;
  monotonic: boolean;
  previousValue: number | undefined;
}

/**
 * What the run's history holds, as W&B's `historyKeys`: for each metric (nested ones by their dotted path) how often
 * it has a value of which type, whether it never falls, and its last number. Null when there is no history.
 */
export function historyKeys(lines: readonly string[]): object | null {
  if (lines.length === 0) return null;
  const facts = new Map<string, KeyFacts>();
  let lastStep = -1;
  for (const line of lines) {
    const row = rowMembers(line);
    lastStep = Math.max(lastStep, stepOf(row) ?? -1);
    collect(row, "", facts);
  }
  const keys = [...facts].map(([key, { typeCounts, monotonic, previousValue }]) => [
    key,
    {
      typeCounts: [...typeCounts].map(([type, count]) => ({ type, count })),
      monotonic,
      // strict JSON, like sampledHistory
      previousValue:
        previousValue === undefined || Number.isFinite(previousValue) ? previousValue : String(previousValue),
    },
  ]);
  return { lastStep, keys: Object.fromEntries(keys), sets: [] };
}

function collect(row: ReadonlyMap<string, string>, prefix: string, facts: Map<string, KeyFacts>): void {
  for (const [name, raw] of row) {
    const key = prefix + name;
    const nested = isObject(raw) ? rowMembers(raw) : undefined;
    if (nested !== undefined && !nested.has("_type")) collect(nested, `${key}.`, facts);
    else note(key, nested?.get("_type") ?? raw, nested !== undefined, facts);
  }
}

function note(key: string, raw: string, isMedia: boolean, facts: Map<string, KeyFacts>): void {
  const known = facts.get(key) ?? {
    typeCounts: new Map<string, number>(),
    monotonic: true,
    previousValue: undefined,
  };
  facts.set(key, known);
  const type = isMedia ? String(parse(raw)) : typeName(raw);
  known.typeCounts.set(type, (known.typeCounts.get(type) ?? 0) + 1);
  if (type !== "number") {
    known.monotonic = false;
    return;
  }
  const number = Number(raw);
  if (known.previousValue !== undefined && !(number >= known.previousValue)) known.monotonic = false;
  known.previousValue = number;
}

/** Told by a value's first character. */
function typeName(raw: string): string {
  switch (raw[0]) {
    case '"':
      return "string";
    case "[":
      return "list";
    case "t":
    case "f":
      return "boolean";
    case "n":
      return "nil";
    default:
      return "number";
  }
}
