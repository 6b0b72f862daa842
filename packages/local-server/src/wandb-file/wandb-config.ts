import { ENVIRONMENT, METRIC, TELEMETRY } from "./fields.ts";
import type { Message } from "./message.ts";
import { timestamp, toDate } from "./timestamp.ts";

/** Telemetry's fields that are text; its other fields are messages of flags, sent as the numbers of those set. */
const TELEMETRY_TEXTS = new Set<number>([TELEMETRY.pythonVersion, TELEMETRY.cliVersion, 6, 12, 13]);
const TELEMETRY_FLAGS = new Set([1, 2, 3, 8, 10, 11]);

/**
 * Collects the `_wandb` entry that the uploader adds to a config: versions, telemetry `t`, metric definitions `m`,
 * and environments `e` by writer.
 */
export class WandbConfig {
  readonly #telemetry: Record<string, string | number[]> = {};
  readonly #metrics = new Map<string, Message>();
  readonly #environments: Record<string, Record<string, string>> = {};

  telemetry(record: Message): void {
    for (const field of record.numbers()) {
      if (TELEMETRY_TEXTS.has(field)) this.#telemetry[field] = record.text(field);
      else if (TELEMETRY_FLAGS.has(field)) this.#telemetry[field] = flags(record, field);
    }
  }

  /** A later definition of the same metric replaces the earlier one. */
  metric(record: Message): void {
    this.#metrics.set(`${record.text(METRIC.name)}\0${record.text(METRIC.globName)}`, record);
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
      ["e", this.#environments],
    ];
    return members.flatMap(([key, value]) => (value === undefined ? [] : [[key, JSON.stringify(value)]]));
  }

  /** Keys are the field numbers of `MetricRecord`; `5` is the place of the step metric, counted from 1. */
  #metricTable(): object[] {
    const metrics = [...this.#metrics.values()];
    return metrics.map((metric) => {
      const step = metric.text(METRIC.stepMetric);
      const place = step === "" ? 0 : metrics.findIndex((other) => other.text(METRIC.name) === step) + 1;
      const name = metric.text(METRIC.name);
      return {
        ...(name === "" ? { "2": metric.text(METRIC.globName) } : { "1": name }),
        ...(step === "" ? {} : place > 0 ? { "5": place } : { "4": step }),
        ...(metric.has(METRIC.options) ? { "6": flags(metric, METRIC.options) } : {}),
        ...(metric.has(METRIC.summary) ? { "7": flags(metric, METRIC.summary) } : {}),
      };
    });
  }
}

function flags(message: Message, field: number): number[] {
  return message.message(field)?.numbers() ?? [];
}
