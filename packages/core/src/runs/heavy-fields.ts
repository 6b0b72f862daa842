import { parse } from "@lazyruns/json";
import { ProtocolError } from "../errors.ts";
import type { WireHeavy } from "../graphql/wire.ts";
import type { RunValue, RunValues } from "../values.ts";
import type { FullFields, Run } from "./run.ts";

/** Heavy fields are read from their text when first touched: of a thousand runs, most are never looked at. */
export class HeavyFields implements FullFields {
  readonly #run: Pick<Run, "id" | "entity" | "project">;
  /** Each until it is read: then the values stand for it. */
  readonly #texts: { -readonly [F in keyof WireHeavy]: WireHeavy[F] };
  #config: RunValues | undefined;
  #summary: RunValues | undefined;
  #systemMetrics: RunValues | undefined;

  constructor(texts: WireHeavy, run: Pick<Run, "id" | "entity" | "project">) {
    const { config, summaryMetrics, systemMetrics } = texts;
    this.#texts = { config, summaryMetrics, systemMetrics };
    this.#run = run;
  }

  get config(): RunValues {
    this.#config ??= unwrapConfig(this.#read("config", "config"));
    return this.#config;
  }

  get summary(): RunValues {
    this.#summary ??= this.#read("summary", "summaryMetrics");
    return this.#summary;
  }

  get systemMetrics(): RunValues {
    this.#systemMetrics ??= this.#read("systemMetrics", "systemMetrics");
    return this.#systemMetrics;
  }

  #read(field: string, wire: keyof WireHeavy): Record<string, RunValue> {
    const text = this.#texts[wire];
    const { id: run, entity, project } = this.#run;
    let cause: unknown;
    try {
      const value = text ? parse(text) : {};
      if (typeof value === "object" && !Array.isArray(value)) {
        this.#texts[wire] = null;
        return value ?? {};
      }
    } catch (error) {
      cause = error;
    }
    throw new ProtocolError(`The ${field} of run ${run} (${entity}/${project}) is not a JSON object.`, {
      operation: `reading ${field}`,
      entity,
      project,
      run,
      cause,
    });
  }
}

/** On the wire each entry is `{"value": v}`, and W&B's own is called `_wandb`. */
function unwrapConfig({ _wandb, ...config }: Record<string, RunValue>): RunValues {
  for (const key of Object.keys(config)) {
    const entry = config[key] as RunValue;
    if (!isWrapped(entry)) continue;
    const value = entry.value as RunValue;
    if (key !== "__proto__") config[key] = value;
    else Object.defineProperty(config, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return config;
}

function isWrapped(entry: RunValue): entry is { [key: string]: RunValue } {
  return (
    typeof entry === "object" && entry !== null && !Array.isArray(entry) && Object.hasOwn(entry, "value")
  );
}
