import { RawJson } from "@lazyruns/json";
import {
  type HistorySpec,
  hasSteps,
  parseSpec,
  rawAt,
  rowMembers,
  sampledHistory,
  sortedRow,
  stepOf,
  strictJson,
} from "../history/index.ts";
import type { Store } from "../store/store.ts";

/** Which rows `history` takes. */
interface HistoryRange {
  readonly minStep?: number | null | undefined;
  /** The first step that isn't taken. */
  readonly maxStep?: number | null | undefined;
  readonly samples?: number | null | undefined;
}

/** The history of a run as the schema has it. */
export class RunHistory {
  readonly #store: Store;
  readonly #runId: number;
  /** Rows of smaller numbers are in files that the server offers: pages of steps don't hold them again. */
  readonly #firstLive: number;

  constructor(store: Store, runId: number, firstLive: number) {
    this.#store = store;
    this.#runId = runId;
    this.#firstLive = firstLive;
  }

  /**
   * Sampled rows, each as JSON text with its keys in order, nested ones too. Those of a range of steps come in order of
   * their steps.
   */
  rows({ minStep, maxStep, samples }: HistoryRange): string[] {
    const most = samples ?? 500;
    if (typeof minStep !== "number" && typeof maxStep !== "number")
      return this.#store.lines.sample(this.#runId, "history", most).map(sortedRow);
    const range = {
      minStep: minStep ?? 0,
      maxStep: maxStep ?? Number.POSITIVE_INFINITY,
      endsBefore: true,
      fromLine: this.#firstLive,
    };
    return this.#store.lines.sampleInSteps(this.#runId, range, most).map(sortedRow);
  }

  /** The rows that hold all keys of a spec, for each spec. */
  sampled(texts: readonly string[]): RawJson[] {
    const lines = new Map<string, readonly string[]>();
    return texts.map(parseSpec).map((spec) => {
      const range = hasSteps(spec) ? `${spec.minStep} ${spec.maxStep}` : "";
      const read = lines.get(range) ?? this.#linesOf(spec);
      lines.set(range, read);
      return new RawJson(sampledHistory(read, spec));
    });
  }

  /** The first row that is in no file, with what it holds of the keys and its step always; nothing when all are. */
  firstLive(keys: readonly string[]): RawJson[] {
    const { lines } = this.#store;
    if (this.#firstLive >= lines.count(this.#runId, "history")) return [];
    const row = rowMembers(lines.firstInSteps(this.#runId, this.#firstLive) ?? "{}");
    const members = [["_step", String(stepOf(row) ?? 0)]];
    for (const key of new Set(keys)) {
      const raw = key === "_step" ? undefined : rawAt(row, key);
      if (raw !== undefined) members.push([key, strictJson(raw)]);
    }
    return [new RawJson(`{${members.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(",")}}`)];
  }

  #linesOf(spec: HistorySpec): string[] {
    const { lines } = this.#store;
    if (!hasSteps(spec)) return lines.read(this.#runId, "history");
    const { minStep, maxStep } = spec;
    return lines.inSteps(this.#runId, { minStep, maxStep, endsBefore: false, fromLine: this.#firstLive });
  }
}
