import { RawJson } from "@lazyruns/json";
import {
  type HistorySpec,
  parseSpec,
  rawAt,
  rowMembers,
  sortedRow,
  stepOf,
  strictJson,
} from "../history/index.ts";
import type { Store } from "../store/store.ts";
import { sampledSpecs } from "./sampled-specs.ts";

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
  async sampled(texts: readonly string[]): Promise<RawJson[]> {
    const specs = texts.map(parseSpec);
    const ranges = new Map<string, HistorySpec[]>();
    for (const spec of specs) {
      const range = `${spec.minStep} ${spec.maxStep}`;
      ranges.set(range, [...(ranges.get(range) ?? []), spec]);
    }
    const answers = new Map<HistorySpec, RawJson>();
    for (const group of ranges.values()) {
      const lists = await sampledSpecs(this.#store.lines, this.#runId, this.#firstLive, group);
      for (const [index, spec] of group.entries()) answers.set(spec, new RawJson(lists[index] as string));
    }
    return specs.map((spec) => answers.get(spec) as RawJson);
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
}
