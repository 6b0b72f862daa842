import { createReadStream } from "node:fs";
import { members } from "@lazyruns/json";
import { StartError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { findWandbFiles, type OfflineRun, readOfflineRun, WandbFileError } from "../wandb-file/index.ts";

/**
 * Imports the offline runs of a `wandb/` folder. A run that is there already is left as it is, so a server may be
 * started with the same folder again and again. A file that can't be read is told of, and the others are imported.
 *
 * @throws StartError when the path isn't there, or holds no `.wandb` file
 */
export async function importRuns(
  store: Store,
  user: string,
  path: string,
  tell: (message: string) => void = () => undefined,
): Promise<void> {
  let files: string[];
  try {
    files = await findWandbFiles(path);
  } catch (error) {
    throw new StartError(`--import ${path} can't be read: ${error instanceof Error ? error.message : error}`);
  }
  if (files.length === 0)
    throw new StartError(`--import ${path}: there is no .wandb file in it or below it.`);
  for (const file of files) {
    let run: OfflineRun;
    try {
      run = await readOfflineRun(file);
    } catch (error) {
      if (!(error instanceof WandbFileError)) throw error;
      tell(`Not imported: ${error.message}`);
      continue;
    }
    for (const warning of run.warnings) tell(`${file}: ${warning}`);
    await importRun(store, user, run);
  }
}

async function importRun(store: Store, user: string, run: OfflineRun): Promise<void> {
  const id = store.transaction(() => {
    const project = store.projects.ensure(run.entity || user, run.project || "uncategorized");
    const known = store.runs.find(project.id, run.runId);
    if (known !== undefined) return known.id;
    const { id } = store.runs.insert(project.id, run.runId, user, {
      ...(run.displayName && { display_name: run.displayName }),
      state: stateOf(run.exitCode),
      tags: JSON.stringify(run.tags),
      group_name: run.group ?? null,
      job_type: run.jobType ?? null,
      sweep_name: run.sweepId ?? null,
      notes: run.notes ?? null,
      program: run.program ?? null,
      commit_sha: run.commit ?? null,
      repo: run.remote ?? null,
      host: run.host ?? null,
      config: run.config,
      summary: run.summary,
      exit_code: run.exitCode ?? null,
      created_at: run.startedAt.toISOString(),
      heartbeat_at: lastSeenAt(run).toISOString(),
    });
    for (const stream of ["history", "events", "output"] as const)
      store.lines.write(id, stream, 0, run[stream]);
    return id;
  });
  for (const { name, path } of run.files) {
    // An import that was interrupted left some out.
    if (store.files.find(id, name) === undefined) await store.files.write(id, name, createReadStream(path));
  }
}

/** When the run last wrote a row or a machine metric: its beginning when it never did. */
function lastSeenAt({ history, events, startedAt }: OfflineRun): Date {
  const seconds = [history.at(-1), events.at(-1)].map((line) =>
    Number(line && new Map(members(line)).get("_timestamp")),
  );
  const last = Math.max(...seconds.filter((value) => Number.isFinite(value)), startedAt.getTime() / 1000);
  return new Date(last * 1000);
}

/** A file without an end may be a run that is still going: the time of its last sign of life tells. */
function stateOf(exitCode: number | undefined): string {
  if (exitCode === undefined) return "running";
  return exitCode === 0 ? "finished" : "failed";
}
