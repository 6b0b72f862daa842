import { ENVIRONMENT, METRIC, TELEMETRY } from "./fields.ts";
import type { Message } from "./message.ts";
import { timestamp, toDate } from "./timestamp.ts";

/** Telemetry's fields that are text; its other fields are messages of flags, sent as the numbers of those set. */
const TELEMETRY_TEXTS = new Set<number>([TELEMETRY.pythonVersion, TELEMETRY.cliVersion, 6, 12, 13]);
const TELEMETRY_FLAGS = new Set([1, 2, 3, 8, 10, 11]);

/** The flag of `MetricOptions` that `define_metric` sets. */
const DEFINED = 3;

/** What a run said of a metric, or of all whose names match a glob. */
interface Metric {
  name?: string;
  glob?: string;
  stepMetric?: string;
  options: number[];
  summary: number[];
}

/**
 * Collects the `_wandb` entry that the uploader adds to a config: versions, telemetry `t`, metric definitions `m`,
 * and environments `e` by writer.
 */
export class WandbConfig {
  readonly #telemetry: Record<string, string | number[]> = {};
  readonly #metrics = new Map<string, Metric>();
  readonly #environments: Record<string, Record<string, string>> = {};

  telemetry(record: Message): void {
    for (const field of record.numbers()) {
      if (TELEMETRY_TEXTS.has(field)) this.#telemetry[field] = record.text(field);
      else if (TELEMETRY_FLAGS.has(field)) this.#telemetry[field] = flags(record, field);
    }
  }

  /** A later definition of the same metric replaces the earlier one; a step metric is one by being named. */
  metric(record: Message): void {
    const name = record.text(METRIC.name);
    const glob = record.text(METRIC.globName);
    const stepMetric = record.text(METRIC.stepMetric);
    this.#metrics.set(metricKey(name, glob), {
      ...(name === "" ? { glob } : { name }),
      ...(stepMetric === "" ? {} : { stepMetric }),
      // That it was defined is said of a name only.
      options: flags(record, METRIC.options).filter((flag) => name !== "" || flag !== DEFINED),
      summary: flags(record, METRIC.summary),
    });
    const key = metricKey(stepMetric, "");
    if (stepMetric !== "" && !this.#metrics.has(key)) {
      this.#metrics.set(key, { name: stepMetric, options: [], summary: [] });
    }
  }

  environment(record: Message): void {
    const writer = record.text(ENVIRONMENT.writerId);
    const entry = this.#environments[writer] ?? { writerId: writer };
    this.#environments[writer] = entry;
    for (const name of ["os", "python", "program", "codePath", "host", "executable"] as const) {
      if (record.has(ENVIRONMENT[name])) entry[name] = record.text(ENVIRONMENT[name]);
    }
    const started = record.message(ENVIRONMENT.startedAt);
    if (started) entry.startedAt = toDate(timestamp(started)).toISOString();
  }

  /** The entry's members as JSON text. */
  members(): [key: string, json: string][] {
    const members: [string, unknown][] = [
      ["cli_version", this.#telemetry[TELEMETRY.cliVersion]],
      ["python_version", this.#telemetry[TELEMETRY.pythonVersion]],
      ["t", this.#telemetry],
      ["m", this.#metricTable()],
      ["e", Object.keys(this.#environments).length > 0 ? this.#environments : undefined],
    ];
    return members.flatMap(([key, value]) => (value === undefined ? [] : [[key, JSON.stringify(value)]]));
  }

  /** Keys are the field numbers of `MetricRecord`; `5` is the place of the step metric, counted from 1. */
  #metricTable(): object[] {
    const places = [...this.#metrics.keys()];
    return [...this.#metrics.values()].map(({ name, glob, stepMetric, options, summary }) => ({
      "1": name,
      "2": glob,
      "5": stepMetric === undefined ? undefined : places.indexOf(metricKey(stepMetric, "")) + 1,
      "6": options,
      "7": summary,
    }));
  }
}

function metricKey(name: string, glob: string): string {
  return `${name}\0${glob}`;
}

function flags(message: Message, field: number): number[] {
  return message.message(field)?.numbers() ?? [];
}
