import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { members } from "@lazyruns/json";
import { ConsoleLines } from "./console-lines.ts";
import { readLog, WandbFileError } from "./log-reader.ts";
import { recordDecoder, type WireItem, type WireRecord, type WireTime } from "./records.ts";
import { applyUpdate, setItem, treeText, type ValueTree, valueText } from "./value-tree.ts";

/** A run as a `.wandb` file tells it. Lines are JSON texts as the client would send them. */
export interface OfflineRun {
  readonly runId: string;
  /** Empty where the file names none. */
  readonly entity: string;
  readonly project: string;
  readonly displayName: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly group: string;
  readonly jobType: string;
  readonly sweepId: string;
  readonly host: string;
  readonly commit: string;
  readonly remote: string;
  readonly startedAt: Date;
  /** When the last row, machine metric or console line was written. */
  readonly lastSeenAt: Date;
  /** `{key: {"value": v}}`. */
  readonly config: string;
  readonly summary: string;
  readonly history: readonly string[];
  readonly events: readonly string[];
  readonly output: readonly string[];
  /** Absent when the run never ended: it was killed, or is still going. */
  readonly exitCode: number | undefined;
  /** How many places of the file could not be read. */
  readonly broken: number;
  /** The files beside it, by their names in the run. */
  readonly files: readonly { readonly name: string; readonly path: string }[];
}

/**
 * Reads a run from its `.wandb` file.
 *
 * @throws WandbFileError when it is no such file, or holds no run
 */
export async function readOfflineRun(path: string): Promise<OfflineRun> {
  const { records, broken } = readLog(await readFile(path), path);
  const decode = await recordDecoder();
  const fold = new RunFold();
  let undecoded = 0;
  for (const bytes of records) {
    try {
      fold.add(decode(bytes));
    } catch {
      undecoded++; // its checksum was right: a record of a kind that isn't known
    }
  }
  const files = await filesBeside(path);
  const run = fold.end();
  if (run === undefined) throw new WandbFileError(`${path} holds no run`);
  return { ...run, broken: broken + undecoded, files };
}

/** Puts a run together from its records, in their order. */
class RunFold {
  #run: NonNullable<WireRecord["run"]> | undefined;
  readonly #config: ValueTree = new Map();
  readonly #summary: ValueTree = new Map();
  readonly #history: string[] = [];
  readonly #events: string[] = [];
  readonly #console = new ConsoleLines();
  #exitCode: number | undefined;
  #lastSeen = 0;

  add(record: WireRecord): void {
    if (record.run) this.#addRun(record.run);
    if (record.config) applyUpdate(this.#config, record.config);
    if (record.summary) applyUpdate(this.#summary, record.summary);
    if (record.history) this.#addHistory(record.history);
    if (record.stats) this.#addStats(record.stats.timestamp, record.stats.item ?? []);
    if (record.outputRaw) {
      const { outputType, timestamp, line = "" } = record.outputRaw;
      const seconds = this.#saw(secondsOf(timestamp));
      // 0 is stderr, and protobuf leaves a 0 out
      this.#console.write(line, outputType !== 1, new Date(seconds * 1000).toISOString().slice(0, -1));
    }
    if (record.exit) this.#exitCode = record.exit.exitCode ?? 0;
  }

  end(): Omit<OfflineRun, "broken" | "files"> | undefined {
    const run = this.#run;
    if (!run?.runId) return undefined;
    const started = secondsOf(run.startTime);
    const config = [...this.#config].map(
      ([key, value]) => `${JSON.stringify(key)}:{"value":${valueText(value)}}`,
    );
    return {
      runId: run.runId,
      entity: run.entity ?? "",
      project: run.project ?? "",
      displayName: run.displayName ?? "",
      notes: run.notes ?? "",
      tags: run.tags ?? [],
      group: run.runGroup ?? "",
      jobType: run.jobType ?? "",
      sweepId: run.sweepId ?? "",
      host: run.host ?? "",
      commit: run.git?.commit ?? "",
      remote: run.git?.remoteUrl ?? "",
      startedAt: new Date(started * 1000),
      lastSeenAt: new Date(Math.max(started, this.#lastSeen) * 1000),
      config: `{${config.join(",")}}`,
      summary: treeText(this.#summary),
      history: this.#history,
      events: this.#events,
      output: this.#console.end(),
      exitCode: this.#exitCode,
    };
  }

  /** A later record of the run replaces what it names; its config and summary add to what is there. */
  #addRun(run: NonNullable<WireRecord["run"]>): void {
    this.#run = { ...this.#run, ...run };
    if (run.config) applyUpdate(this.#config, run.config);
    if (run.summary) applyUpdate(this.#summary, run.summary);
  }

  #addHistory({ item = [], step }: NonNullable<WireRecord["history"]>): void {
    const row: ValueTree = new Map();
    for (const value of item) setItem(row, value);
    if (!row.has("_step")) row.set("_step", step?.num ?? "0");
    this.#saw(Number(row.get("_timestamp")));
    const text = treeText(row);
    members(text); // what isn't JSON would spoil every reading of this run
    this.#history.push(text);
  }

  #addStats(timestamp: WireTime | undefined, items: readonly WireItem[]): void {
    const seconds = this.#saw(secondsOf(timestamp));
    const row: ValueTree = new Map();
    for (const item of items) setItem(row, { ...item, key: `system.${item.key ?? ""}` });
    row.set("_wandb", "true");
    row.set("_timestamp", String(seconds));
    row.set("_runtime", String(Math.max(0, seconds - secondsOf(this.#run?.startTime))));
    const text = treeText(row);
    members(text);
    this.#events.push(text);
  }

  #saw(seconds: number): number {
    if (Number.isFinite(seconds)) this.#lastSeen = Math.max(this.#lastSeen, seconds);
    return seconds;
  }
}

function secondsOf(time: WireTime | undefined): number {
  return Number(time?.seconds ?? 0) + (time?.nanos ?? 0) / 1e9;
}

/** What lies in the `files` folder beside a `.wandb` file, as the run's own files are called. */
async function filesBeside(path: string): Promise<{ name: string; path: string }[]> {
  const folder = join(dirname(path), "files");
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ name: relative(folder, file).split(sep).join("/"), path: file }));
  } catch {
    return []; // an offline run need not have any
  }
}
