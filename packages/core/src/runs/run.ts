import { parse } from "@lazyruns/json";
import { LazyrunsError, ProtocolError } from "../errors.ts";
import type { WireHeavy, WireRun } from "../graphql/wire.ts";
import type { Sweep } from "./sweep.ts";

/** A value as it was logged: JSON, and besides it `NaN`, the infinities, and bigints beyond 2^53. */
export type RunValue = null | boolean | number | bigint | string | RunValue[] | { [key: string]: RunValue };

/** Named values of a run: its config, its summary or its system metrics. */
export type RunValues = Readonly<Record<string, RunValue>>;

/** Who started a run. */
export interface User {
  readonly name: string | null;
  readonly username: string | null;
}

/** What only a full run has. */
export interface FullFields {
  /** The hyper-parameters and settings, each by its own key. W&B's own entry `_wandb` is left out. */
  readonly config: RunValues;
  /** The last or aggregated value of each metric. */
  readonly summary: RunValues;
  /** The last machine metrics, by name. Empty when none were recorded. */
  readonly systemMetrics: RunValues;
}

/**
 * A run with its heavy fields: what `load()` gives, and what a collection made with `lazy: false` or upgraded by
 * `upgradeToFull()` holds.
 */
export type FullRun = Run & FullFields;

/** Where a run belongs, and how its heavy fields are fetched. */
export interface RunHome {
  readonly entity: string;
  readonly project: string;
  readonly load: (run: Run, signal: AbortSignal | undefined) => Promise<void>;
}

const HEAVY = ["config", "summary", "systemMetrics"] as const;

/** Makes a run from the wire. */
export let makeRun: (wire: WireRun, sweep: Sweep | null, home: RunHome) => Run;

/** Gives a run its heavy fields, which have arrived. */
export let fillRun: (run: Run, wire: WireHeavy) => void;

/**
 * One run of a project. The light fields are there from the start; `config`, `summary` and `systemMetrics` come with
 * `load()`, and touching them before is an error.
 *
 * @example
 * const full = await run.load();
 * console.log(full.name, full.config.lr, full.summary.accuracy);
 */
export class Run {
  static {
    makeRun = (wire, sweep, home) => new Run(wire, sweep, home);
    fillRun = (run, wire) => {
      run.#heavy = new HeavyFields(wire, run);
    };
    // On the prototype, and not in the class's type: a lazy run has no heavy field to complete or to print.
    for (const name of HEAVY) {
      Object.defineProperty(Run.prototype, name, {
        get(this: Run): RunValues {
          if (this.#heavy === undefined) throw notLoaded(this, name);
          return this.#heavy[name];
        },
        configurable: true,
      });
    }
  }

  /** The run's id, unique in its project. The server calls it `name`. */
  readonly id: string;
  /** The name that people see; the id when there is none. */
  readonly name: string;
  readonly entity: string;
  readonly project: string;
  /** `"running"`, `"finished"`, `"failed"`, `"crashed"`, `"killed"`, `"pending"` or what else the server says. */
  readonly state: string | null;
  readonly tags: readonly string[];
  readonly group: string | null;
  readonly jobType: string | null;
  readonly notes: string | null;
  readonly description: string | null;
  /** The commit of the training code. */
  readonly commit: string | null;
  /** When the run began, as the server has it. */
  readonly createdAt: Date | null;
  /** When the run was last heard of. */
  readonly heartbeatAt: Date | null;
  /** How many history rows the run has logged; null when the server doesn't say. */
  readonly historyLineCount: number | null;
  readonly user: User | null;
  /** The id of the run's sweep; null when it belongs to none. */
  readonly sweepName: string | null;
  /** The run's sweep; null when it belongs to none, or when the collection was made with `includeSweeps: false`. */
  readonly sweep: Sweep | null;

  readonly #home: RunHome;
  #heavy: HeavyFields | undefined;

  private constructor(wire: WireRun, sweep: Sweep | null, home: RunHome) {
    if (typeof wire?.name !== "string") {
      throw new ProtocolError(`A run of ${home.entity}/${home.project} came without an id.`, home);
    }
    this.id = wire.name;
    this.name = wire.displayName || wire.name;
    this.entity = home.entity;
    this.project = home.project;
    this.state = wire.state ?? null;
    this.tags = wire.tags ?? [];
    this.group = wire.group ?? null;
    this.jobType = wire.jobType ?? null;
    this.notes = wire.notes ?? null;
    this.description = wire.description ?? null;
    this.commit = wire.commit ?? null;
    this.createdAt = date(wire.createdAt);
    this.heartbeatAt = date(wire.heartbeatAt);
    this.historyLineCount = wire.historyLineCount ?? null;
    this.user = wire.user ?? null;
    this.sweepName = wire.sweepName ?? null;
    this.sweep = sweep;
    this.#home = home;
    if (wire.config !== undefined) this.#heavy = new HeavyFields(wire as WireHeavy, this);
  }

  /** Whether the heavy fields are there. */
  get isLoaded(): boolean {
    return this.#heavy !== undefined;
  }

  /** `[entity, project, id]`, as in the run's URL. */
  get path(): readonly [entity: string, project: string, id: string] {
    return [this.entity, this.project, this.id];
  }

  /**
   * Fetches the heavy fields, once, and gives this same run, now typed as full. What is asked for in the same tick,
   * and the rest of the page this run came with, is fetched in the same request (at most 100 runs and about 8 MB),
   * so a loop that loads every run costs one request a page.
   *
   * @throws NotFoundError when the run was deleted since it was listed; what `Service.execute` throws.
   */
  async load(options: { readonly signal?: AbortSignal } = {}): Promise<FullRun> {
    if (!this.isLoaded) await this.#home.load(this, options.signal);
    return this as unknown as FullRun;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const parts = [
      this.state ?? "state unknown",
      ...(this.group ? [`group ${this.group}`] : []),
      ...this.tags,
    ];
    return `Run ${this.id} "${this.name}" (${parts.join(", ")}${this.isLoaded ? "" : "; not loaded"})`;
  }
}

/** Heavy fields are read from their text when first touched: of a thousand runs, most are never looked at. */
class HeavyFields implements FullFields {
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

function notLoaded({ id, entity, project }: Run, field: string): LazyrunsError {
  return new LazyrunsError(
    `${field} of run ${id} (${entity}/${project}) is not loaded. Call \`await run.load()\` first, or ` +
      "`await runs.upgradeToFull()` for all, or list with { lazy: false }.",
    { operation: `reading ${field}`, entity, project, run: id },
  );
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

/** The server's times are UTC, some without saying so. */
function date(text: string | null | undefined): Date | null {
  if (!text) return null;
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
