import { ConsoleLines } from "./console-lines.ts";
import { ENVIRONMENT, EXIT, GIT, HISTORY, HISTORY_STEP, OUTPUT, RECORD, RUN, STATS } from "./fields.ts";
import { applyConfig, applySummary, itemJson, itemPath } from "./item.ts";
import { type JsonTree, setAt, treeText } from "./json-tree.ts";
import type { Message } from "./message.ts";
import type { OfflineRun } from "./offline-run.ts";
import { inSeconds, secondsBetween, type Timestamp, timestamp, toDate } from "./timestamp.ts";
import { WandbConfig } from "./wandb-config.ts";

const STDOUT = 1n;

/** What the records say; the rest of an `OfflineRun` comes from the disk around the file. */
export type FoldedRun = Omit<OfflineRun, "path" | "files" | "warnings">;

/** Folds the records of a `.wandb` file, in their order, into one run. */
export class RunFold {
  readonly #config: JsonTree = new Map();
  readonly #summary: JsonTree = new Map();
  readonly #history: string[] = [];
  readonly #stats: Message[] = [];
  readonly #console = new ConsoleLines();
  readonly #wandb = new WandbConfig();
  #run: Message | undefined;
  #startTime: Timestamp | undefined;
  #program = "";
  #git: Message | undefined;
  #exitCode: number | undefined;
  #records = 0;

  /** @throws RangeError or SyntaxError when the record can't be decoded. */
  add(record: Message): void {
    this.#records++;
    for (const part of record.messages(RECORD.run)) this.#addRun(part);
    for (const part of record.messages(RECORD.config)) applyConfig(this.#config, part);
    for (const part of record.messages(RECORD.summary)) applySummary(this.#summary, part);
    for (const part of record.messages(RECORD.history)) this.#history.push(historyRow(part));
    for (const part of record.messages(RECORD.stats)) this.#stats.push(part);
    for (const part of record.messages(RECORD.telemetry)) this.#wandb.telemetry(part);
    for (const part of record.messages(RECORD.metric)) this.#wandb.metric(part);
    for (const part of record.messages(RECORD.environment)) this.#addEnvironment(part);
    for (const part of record.messages(RECORD.output)) this.#addOutput(part);
    for (const part of record.messages(RECORD.outputRaw)) this.#addOutput(part);
    for (const part of record.messages(RECORD.exit)) this.#addExit(part);
  }

  /** The run, or nothing when no record told which run it is. */
  toRun(): FoldedRun | undefined {
    const run = this.#run;
    if (!run?.has(RUN.runId)) return undefined;
    const startTime = this.#startTime ?? { seconds: 0, nanos: 0 };
    return {
      runId: run.text(RUN.runId),
      records: this.#records,
      resumes: run.integer(RUN.resume) !== 0n,
      ...present("entity", run.text(RUN.entity)),
      ...present("project", run.text(RUN.project)),
      ...present("displayName", run.text(RUN.displayName)),
      ...present("notes", run.text(RUN.notes)),
      tags: run.texts(RUN.tags),
      ...present("group", run.text(RUN.runGroup)),
      ...present("jobType", run.text(RUN.jobType)),
      ...present("sweepId", run.text(RUN.sweepId)),
      ...present("host", run.text(RUN.host)),
      ...present("program", this.#program),
      startedAt: toDate(startTime),
      ...present("commit", this.#git?.text(GIT.commit) ?? ""),
      ...present("remote", this.#git?.text(GIT.remoteUrl) ?? ""),
      config: this.#configText(),
      summary: treeText(this.#summary),
      history: this.#history,
      events: this.#stats.map((stats) => eventRow(stats, startTime)),
      output: this.#console.toLines(),
      ...(this.#exitCode === undefined ? {} : { exitCode: this.#exitCode }),
    };
  }

  /** A run record may come again when tags or notes change; it is whole each time. */
  #addRun(run: Message): void {
    this.#run = run;
    const start = run.message(RUN.startTime);
    if (start) this.#startTime ??= timestamp(start);
    this.#git = run.message(RUN.git) ?? this.#git;
    for (const part of run.messages(RUN.config)) applyConfig(this.#config, part);
    for (const part of run.messages(RUN.summary)) applySummary(this.#summary, part);
    for (const part of run.messages(RUN.telemetry)) this.#wandb.telemetry(part);
  }

  #addEnvironment(record: Message): void {
    this.#wandb.environment(record);
    this.#program = record.text(ENVIRONMENT.program) || this.#program;
    this.#git ??= record.message(ENVIRONMENT.git);
  }

  #addOutput(record: Message): void {
    const time = record.message(OUTPUT.timestamp);
    const isError = record.integer(OUTPUT.outputType) !== STDOUT;
    this.#console.write(record.text(OUTPUT.line), time ? timestamp(time) : { seconds: 0, nanos: 0 }, isError);
  }

  #addExit(record: Message): void {
    // A preempted run says that it isn't complete; it is to be resumed.
    if (record.integer(EXIT.notComplete) === 0n) this.#exitCode = Number(record.integer(EXIT.exitCode));
  }

  #configText(): string {
    const wrapped: JsonTree = new Map();
    for (const [key, value] of this.#config) wrapped.set(key, new Map([["value", value]]));
    for (const [key, json] of this.#wandb.members()) setAt(wrapped, ["_wandb", "value", key], json);
    return treeText(wrapped);
  }
}

function historyRow(record: Message): string {
  const row: JsonTree = new Map();
  for (const item of record.messages(HISTORY.item)) setAt(row, itemPath(item), itemJson(item));
  const step = record.message(HISTORY.step);
  if (!row.has("_step") && step) row.set("_step", String(step.integer(HISTORY_STEP.num)));
  return treeText(row);
}

function eventRow(stats: Message, start: Timestamp): string {
  const row: JsonTree = new Map([["_wandb", "true"]]);
  const message = stats.message(STATS.timestamp);
  if (message) {
    const time = timestamp(message);
    row.set("_timestamp", String(inSeconds(time)));
    row.set("_runtime", String(secondsBetween(start, time)));
  }
  for (const item of stats.messages(STATS.item)) {
    row.set(`system.${itemPath(item).join(".")}`, itemJson(item));
  }
  return treeText(row);
}

function present<K extends string>(key: K, text: string): { [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  if (text !== "") found[key] = text;
  return found;
}
