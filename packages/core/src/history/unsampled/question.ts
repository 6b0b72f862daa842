import { checkWhole, checkWord, show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import { checkKeys } from "../options.ts";
import { typeOfMetric } from "../question.ts";
import { type ChosenColumn, checkRunColumns, typeOfColumn } from "../run-columns.ts";
import type { NamedInAdvance } from "../table/history-table.ts";
import type { ScanOptions } from "./options.ts";

/** The most rows a batch, where the caller doesn't say. */
const BATCH_ROWS = 65_536;

/** A checked question for whole histories. */
export interface ScanQuestion {
  readonly stream: "default" | "system";
  readonly match: "all" | "any";
  /** Absent: all metrics. */
  readonly keys: readonly string[] | undefined;
  readonly minStep: number | undefined;
  readonly maxStep: number | undefined;
  readonly columns: readonly ChosenColumn[];
  readonly batchRows: number;
  readonly exports: "auto" | "never";
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkScanOptions(options: ScanOptions): ScanQuestion {
  checkWord("stream", options.stream, ["default", "system"]);
  checkWord("match", options.match, ["all", "any"]);
  checkWord("exports", options.exports, ["auto", "never"]);
  checkWhole("batchRows", options.batchRows, 1);
  checkWhole("minStep", options.minStep, 0);
  checkWhole("maxStep", options.maxStep, 1);
  const { stream = "default", minStep, maxStep } = options;
  if (stream === "system") {
    for (const [name, step] of Object.entries({ minStep, maxStep })) {
      if (step === undefined) continue;
      throw new InvalidArgumentError(
        `${name} is ${show(step)}; the system stream has no steps. Leave it out, and choose rows by _runtime or _timestamp.`,
      );
    }
  }
  if (minStep !== undefined && maxStep !== undefined && minStep >= maxStep) {
    throw new InvalidArgumentError(
      `minStep is ${minStep} and maxStep ${maxStep}; minStep must be the smaller one: maxStep is the first step that ` +
        "isn't read any more.",
    );
  }
  const keys = checkKeys(options.keys);
  const x = stream === "system" ? "_runtime" : "_step";
  return {
    stream,
    match: options.match ?? "all",
    keys,
    minStep,
    maxStep,
    columns: checkRunColumns(options.columns, [x, ...(keys ?? [])]),
    batchRows: options.batchRows ?? BATCH_ROWS,
    exports: options.exports ?? "auto",
  };
}

/** The columns that are there whether or not any row has a value for them. */
export function namedInScan({ stream, keys, columns }: ScanQuestion): NamedInAdvance {
  const types = new Map(columns.map(({ name, source }) => [name, typeOfColumn(source)]));
  return {
    fields: columns.map(({ name }) => name),
    metrics: keys === undefined ? [] : [stream === "system" ? "_runtime" : "_step", ...keys],
    typeOfEmpty: (name) => (types.has(name) ? types.get(name) : typeOfMetric(name)),
  };
}
