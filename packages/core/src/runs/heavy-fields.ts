import { parse } from "@lazyruns/json";
import { ProtocolError } from "../errors.ts";
import type { WireHeavy } from "../graphql/wire.ts";
import type { FullFields, Run, RunValue, RunValues } from "./run.ts";

/** Heavy fields are read from their text when first touched: of a thousand runs, most are never looked at. */
export class HeavyFields implements FullFields {
  readonly #run: Run;
  #texts: WireHeavy;
  #config: RunValues | undefined;
  #summary: RunValues | undefined;
  #systemMetrics: RunValues | undefined;

  constructor(texts: WireHeavy, run: Run) {
    this.#texts = texts;
    this.#run = run;
  }

  get config(): RunValues {
    this.#config ??= unwrapConfig(this.#read("config", this.#texts.config));
    return this.#config;
  }

  get summary(): RunValues {
    this.#summary ??= this.#read("summary", this.#texts.summaryMetrics);
    return this.#summary;
  }

  get systemMetrics(): RunValues {
    this.#systemMetrics ??= this.#read("systemMetrics", this.#texts.systemMetrics);
    return this.#systemMetrics;
  }

  #read(field: string, text: string | null): RunValues {
    const { id: run, entity, project } = this.#run;
    let cause: unknown;
    try {
      const value = text ? parse(text) : {};
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
      if (value === null) return {};
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
function unwrapConfig(config: RunValues): RunValues {
  const entries = Object.entries(config).filter(([key]) => key !== "_wandb");
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, isWrapped(entry) ? (entry.value as RunValue) : entry]),
  );
}

function isWrapped(entry: RunValue): entry is { [key: string]: RunValue } {
  return (
    typeof entry === "object" && entry !== null && !Array.isArray(entry) && Object.hasOwn(entry, "value")
  );
}
