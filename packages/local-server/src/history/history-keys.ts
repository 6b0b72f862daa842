import { parse, stringify } from "@lazyruns/json";
import { isObject, stepOf } from "./row.ts";
import { rowMembers } from "./row-members.ts";

interface KeyFacts {
  readonly typeCounts: Map<string, number>;
  monotonic: boolean;
  previousValue: number | undefined;
}

type SavedFacts = [
  key: string,
  typeCounts: [string, number][],
  monotonic: boolean,
  previousValue: number | null,
];

/**
 * What a run's history holds, as W&B's `historyKeys`: for each metric (nested ones by their dotted path) how often it
 * has a value of which type, whether it never falls, and its last number. Lines are taken in one after another.
 */
export class HistoryKeys {
  #lastStep = -1;
  readonly #facts = new Map<string, KeyFacts>();

  add(line: string): void {
    const row = rowMembers(line);
    this.#lastStep = Math.max(this.#lastStep, stepOf(row) ?? -1);
    collect(row, "", this.#facts);
  }

  /** As clients are told it, in strict JSON's values. */
  answer(): object {
    const keys = [...this.#facts].map(([key, { typeCounts, monotonic, previousValue }]) => [
      key,
      {
        typeCounts: [...typeCounts].map(([type, count]) => ({ type, count })),
        monotonic,
        previousValue:
          previousValue === undefined || Number.isFinite(previousValue)
            ? previousValue
            : String(previousValue),
      },
    ]);
    return { lastStep: this.#lastStep, keys: Object.fromEntries(keys), sets: [] };
  }

  /** As text, from which `HistoryKeys.load` goes on. */
  save(): string {
    const facts = [...this.#facts].map(
      ([key, { typeCounts, monotonic, previousValue }]): SavedFacts => [
        key,
        [...typeCounts],
        monotonic,
        previousValue ?? null,
      ],
    );
    return stringify([this.#lastStep, facts]);
  }

  static load(text: string): HistoryKeys {
    const [lastStep, facts] = parse(text) as unknown as [number, SavedFacts[]];
    const keys = new HistoryKeys();
    keys.#lastStep = Number(lastStep);
    for (const [key, typeCounts, monotonic, previousValue] of facts) {
      keys.#facts.set(key, {
        typeCounts: new Map(typeCounts),
        monotonic,
        previousValue: previousValue === null ? undefined : Number(previousValue),
      });
    }
    return keys;
  }
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
