import { momentsOf } from "@lazyruns/curves";
import type { HistoryData } from "../../data/history-data.ts";

/** How numbers along an axis are read: as they are, as lengths of time in seconds, or as milliseconds since 1970. */
export type AxisKind = "number" | "length" | "time";

/** What curves go along. */
export interface XAxis {
  /** A metric; `null`: rows are counted. */
  readonly name: string | null;
  readonly kind: AxisKind;
  /** One a row; undefined: rows are counted. */
  readonly values: Float64Array | undefined;
}

const COUNTED: XAxis = { name: null, kind: "number", values: undefined };

/** The axis that a metric is, and rows counted where there is no such metric. */
export function xAxisOf({ metrics }: HistoryData, name: string | null): XAxis {
  const metric = metrics.find((one) => one.name === name);
  if (name === null || metric === undefined) return COUNTED;
  if (metric.isDatetime) return { name, kind: "time", values: metric.values };
  const moments = name === "_timestamp" ? momentsOf(metric.values) : undefined;
  if (moments !== undefined) return { name, kind: "time", values: moments };
  return { name, kind: name === "_runtime" ? "length" : "number", values: metric.values };
}

const USUAL = ["_step", "_runtime", "_timestamp"];

/** What x may be: the usual columns first, rows counted where nothing else was chosen for them, then every metric. */
export function xChoices({ metrics, x }: HistoryData): (string | null)[] {
  const names = metrics.map(({ name }) => name);
  const first = USUAL.filter((name) => names.includes(name));
  const rest = names.filter((name) => !first.includes(name));
  return x === null || first.length === 0 ? [null, ...first, ...rest] : [...first, ...rest];
}
