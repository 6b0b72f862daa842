import { TABLE_FIELDS, type TableField } from "../graphql/light-fields.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { ChosenColumn } from "../history/run-columns.ts";
import type { RunField, RunFields } from "../history/table/run-fields.ts";
import { HeavyFields } from "./heavy-fields.ts";
import { lightFieldsOf } from "./light-fields.ts";
import { keysToAsk, pick } from "./table/keys.ts";
import { withProjection } from "./table/projection.ts";

const PARTS = { config: "config", summary: "summaryMetrics" } as const;

type Part = keyof typeof PARTS;

/** What a column holds: a light field, or the value of a key. */
type Source = { readonly field: TableField } | { readonly part: Part; readonly key: string };

/** The columns of the run that histories carry: what to ask each run for, and what to make of the answer. */
export class RunColumns {
  readonly #ref: ProjectRef;
  readonly #sources: ReadonlyMap<string, Source>;

  constructor(ref: ProjectRef, columns: readonly ChosenColumn[]) {
    this.#ref = ref;
    this.#sources = new Map(columns.map(({ name, source }) => [name, sourceOf(source)]));
  }

  /** Whether there are any. */
  get isEmpty(): boolean {
    return this.#sources.size === 0;
  }

  /** Asks with the fields that the columns are made of: the chosen keys alone, where the server can choose. */
  async withFields<T>(ask: (fields: string) => Promise<T>): Promise<T> {
    const sources = [...this.#sources.values()];
    const light = sources.flatMap((source) => ("field" in source ? [TABLE_FIELDS[source.field]] : []));
    const parts = (Object.keys(PARTS) as Part[]).filter((part) => this.#keys(part).length > 0);
    const askFor = (name: (part: Part) => string) =>
      ask([...new Set([...light, ...parts.map(name)])].join(" "));
    if (parts.length === 0) return askFor((part) => PARTS[part]);
    return withProjection(
      this.#ref.service,
      () => askFor((part) => `${PARTS[part]}(keys: ${listOf(keysToAsk(this.#keys(part)))})`),
      () => askFor((part) => PARTS[part]),
    );
  }

  /** The values of a run that came with these fields. */
  fieldsOf(wire: WireRun): RunFields {
    const { config = null, summaryMetrics = null } = wire;
    const light = lightFieldsOf(wire);
    const { entity, project } = this.#ref;
    const heavy = new HeavyFields(
      { config, summaryMetrics, systemMetrics: null },
      { id: wire.name, entity, project },
    );
    const value = (source: Source): RunField =>
      "field" in source ? (light[source.field] as RunField) : (pick(heavy[source.part], source.key) ?? null);
    return new Map([...this.#sources].map(([name, source]) => [name, value(source)]));
  }

  #keys(part: Part): string[] {
    return [...this.#sources.values()].flatMap((source) =>
      "part" in source && source.part === part ? [source.key] : [],
    );
  }
}

/** A list of strings in GraphQL, which is what JSON writes, but for halves of surrogate pairs: no server has those. */
function listOf(keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => Buffer.from(key).toString()));
}

function sourceOf(column: ChosenColumn["source"]): Source {
  if (Object.hasOwn(TABLE_FIELDS, column)) return { field: column as TableField };
  const dot = column.indexOf(".");
  return { part: column.slice(0, dot) as Part, key: column.slice(dot + 1) };
}
