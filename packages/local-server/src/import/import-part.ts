import { members } from "@lazyruns/json";
import type { ImportRow } from "../store/imports.ts";
import type { Stream } from "../store/lines.ts";
import type { RunChange, RunRow } from "../store/runs.ts";
import type { Store } from "../store/store.ts";
import type { OfflineRun } from "../wandb-file/index.ts";
import { mergeObjects, nextStep, shiftStep, stepOf } from "./steps.ts";

/** What became of a `.wandb` file. */
export interface ImportedPart {
  readonly runId: number;
  /**
   * `new`: the run was made. `appended`: it is a later part of a run that was imported before. `grown`: it holds more
   * than when it was imported. `known`: all of it is there. `left`: the run was logged to this server, or goes on
   * after what this file holds, and isn't touched.
   */
  readonly outcome: "new" | "appended" | "grown" | "known" | "left";
  /** How many rows of the history came to be. */
  readonly rows: number;
}

const STREAMS: readonly Stream[] = ["history", "events", "output"];

type Place = Pick<ImportRow, "step_shift" | "history_from" | "events_from" | "output_from">;
const BEGINNING: Place = { step_shift: 0, history_from: 0, events_from: 0, output_from: 0 };

/** Imports one file of a run, all of it or nothing, so that the run is as `wandb sync` of its files would make it. */
export function importPart(store: Store, user: string, part: OfflineRun): ImportedPart {
  return store.transaction(() => {
    const project = store.projects.ensure(part.entity || user, part.project || "uncategorized");
    const run = store.runs.find(project.id, part.runId);
    if (run === undefined) {
      const { id } = store.runs.insert(project.id, part.runId, user, {
        created_at: part.startedAt.toISOString(),
      });
      const made = store.runs.byId(id) as RunRow;
      return { runId: id, outcome: "new", rows: write(store, made, part, BEGINNING) };
    }
    const imported = store.imports.list(run.id);
    const before = imported.find(({ started_at }) => started_at === part.startedAt.toISOString());
    if (before !== undefined && before.records >= part.records)
      return { runId: run.id, outcome: "known", rows: 0 };
    // More lines than its files gave it, or none by a file: a client has logged to it here.
    const last = imported.at(-1);
    const isLogged = last === undefined || last.lines_after !== lineCount(store, run.id);
    if (isLogged || (before !== undefined && before !== last))
      return { runId: run.id, outcome: "left", rows: 0 };
    const rows = write(store, run, part, before ?? placeAfter(store, run, part));
    return { runId: run.id, outcome: before === undefined ? "appended" : "grown", rows };
  });
}

/**
 * Where a later part goes. One that resumes goes on after the lines that are there, with the next step. One that
 * doesn't (its script used an id again) is taken as W&B's own client sends it: its rows come after those that are
 * there, with their own steps, and its other lines are written over the first ones.
 */
function placeAfter({ lines }: Store, run: RunRow, { resumes, history }: OfflineRun): Place {
  const history_from = lines.count(run.id, "history");
  if (!resumes) return { ...BEGINNING, history_from };
  const next = nextStep(run.summary, lines.last(run.id, "history") ?? "{}", history_from);
  // A run that was resumed online knew its steps, and wrote them so.
  const knewSteps = history[0] !== undefined && (stepOf(history[0]) ?? 0) >= next;
  return {
    step_shift: knewSteps ? 0 : next,
    history_from,
    events_from: lines.count(run.id, "events"),
    output_from: lines.count(run.id, "output"),
  };
}

/** Writes the lines and fields of a part; gives how many rows came to be. */
function write(store: Store, run: RunRow, part: OfflineRun, place: Place): number {
  const shift = place.step_shift;
  const before = store.lines.count(run.id, "history");
  const history = shift === 0 ? part.history : part.history.map((row) => shiftStep(row, shift));
  store.lines.write(run.id, "history", place.history_from, history);
  store.lines.write(run.id, "events", place.events_from, part.events);
  store.lines.write(run.id, "output", place.output_from, part.output);
  const summary = shift === 0 ? part.summary : shiftStep(part.summary, shift);
  store.runs.update(
    run.id,
    fieldsOf(part, part.resumes ? mergeObjects(run.config, part.config) : part.config, summary),
  );
  store.imports.note({
    run_id: run.id,
    started_at: part.startedAt.toISOString(),
    records: part.records,
    ...{ step_shift: shift, history_from: place.history_from },
    ...{ events_from: place.events_from, output_from: place.output_from },
    lines_after: lineCount(store, run.id),
  });
  return store.lines.count(run.id, "history") - before;
}

/** What a part doesn't say is left as it is. */
function fieldsOf(part: OfflineRun, config: string, summary: string): RunChange {
  return {
    display_name: part.displayName,
    state: stateOf(part.exitCode),
    tags: part.tags.length > 0 ? JSON.stringify(part.tags) : undefined,
    group_name: part.group,
    job_type: part.jobType,
    sweep_name: part.sweepId,
    notes: part.notes,
    program: part.program,
    commit_sha: part.commit,
    repo: part.remote,
    host: part.host,
    config,
    summary,
    exit_code: part.exitCode ?? null,
    heartbeat_at: lastSeenAt(part).toISOString(),
  };
}

function lineCount({ lines }: Store, runId: number): number {
  return STREAMS.reduce((sum, stream) => sum + lines.count(runId, stream), 0);
}

/** The last second that a `Date` can tell; a script may log a `_timestamp` of its own. */
const LATEST = 8.64e12;

/** When the part last wrote a row or a machine metric: its beginning when it never did. */
function lastSeenAt({ history, events, startedAt }: OfflineRun): Date {
  const seconds = [history.at(-1), events.at(-1)].map((line) =>
    Number(line && new Map(members(line)).get("_timestamp")),
  );
  const times = seconds.filter((value) => Math.abs(value) <= LATEST);
  const last = Math.max(...times, startedAt.getTime() / 1000);
  return new Date(last * 1000);
}

/** A file without an end may be a run that is still going: the time of its last sign of life tells. */
function stateOf(exitCode: number | undefined): string {
  if (exitCode === undefined) return "running";
  return exitCode === 0 ? "finished" : "failed";
}
