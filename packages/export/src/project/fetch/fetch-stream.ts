import type { LazyrunsError, Runs } from "@lazyruns/core";
import { committedRuns, storedColumns, storedFiles } from "../dataset/committed.ts";
import type { ExportStream, Manifest } from "../dataset/manifest.ts";
import { nameColumns, RUN_ID, type StoredColumn, uniteFields } from "../dataset/schema.ts";
import type { RunSlices } from "../dataset/stored-file.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import { countOf } from "../marks.ts";
import { type PartLimits, PartStager } from "../stage/part-stager.ts";
import { stagedTable } from "../stage/read-stage.ts";
import type { PartRecord } from "../stage/records.ts";
import type { ListedRun } from "./list-runs.ts";
import { stageRows } from "./stage-rows.ts";

/** What a stream is fetched with. */
export interface FetchContext {
  readonly runs: Runs;
  readonly listed: ReadonlyMap<string, ListedRun>;
  readonly manifest: Manifest | undefined;
  readonly folder: WorkFolder;
  /** The staged parts there are; those that are made are added. */
  readonly parts: PartRecord[];
  readonly limits: PartLimits;
  readonly keys: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (done: number, total: number) => void;
  readonly onWarning: (message: string) => void;
}

/** A stream, all of whose rows are here. */
export interface FetchedStream {
  readonly stream: ExportStream;
  /** Each run's rows: as they are on the server, or as they were last had. */
  readonly runs: ReadonlyMap<string, RunSlices>;
  /** The ids of the runs that were fetched, now or in a call that was broken off. */
  readonly fetched: ReadonlySet<string>;
  /** Runs that couldn't be had, and why. */
  readonly problems: ReadonlyMap<string, LazyrunsError>;
  /** The columns that the dataset has so far. */
  readonly before: readonly StoredColumn[];
  /** Whether files of the dataset were lost. */
  readonly damaged: boolean;
}

/** Fetches the rows of all runs that changed, and only of those. */
export async function fetchStream(stream: ExportStream, context: FetchContext): Promise<FetchedStream> {
  const { runs, listed, manifest, folder, parts, limits, keys, signal, onProgress, onWarning } = context;
  const { files, missing } = await storedFiles(folder.out, manifest, stream);
  for (const path of missing) onWarning(`${path} isn't there as it was written: its runs are fetched again.`);
  const committed = committedRuns(manifest, stream, files);
  const before = storedColumns(manifest, stream);
  const fetched = new Set<string>();
  const wanted = new Map<string, string>();
  const empty = new Map<string, RunSlices>();
  const { runs: staged, partial } = stagedTable(folder.staged, parts, stream);
  for (const [id, { marks }] of listed) {
    const mark = marks[stream];
    if (staged.get(id)?.mark === mark) fetched.add(id);
    else if (committed.get(id)?.mark === mark) continue;
    else if (countOf(mark) === 0) empty.set(id, { mark, rows: 0, slices: [] });
    else wanted.set(id, mark);
  }
  const problems = new Map<string, LazyrunsError>();
  let done = listed.size - wanted.size;
  onProgress(done, listed.size);
  if (wanted.size > 0) {
    const ofStream = parts.filter(({ table }) => table === stream);
    const stager = new PartStager({
      folder: folder.staged,
      table: stream,
      firstNumber: Math.max(0, ...ofStream.map(({ number }) => number)) + 1,
      columns: known(before, ofStream),
      limits,
      onPart: (part) => parts.push(part),
    });
    const onRun = (id: string) => {
      fetched.add(id);
      onProgress(++done, listed.size);
    };
    const onProblem = (id: string, error: LazyrunsError) => problems.set(id, error);
    const shared = { stream, keys, batchRows: limits.pieceRows, signal, onRun, onProblem };
    const isWanted = stream === "history" && partial !== undefined && wanted.get(partial.id) === partial.mark;
    await stageRows(runs, wanted, stager, { ...shared, partial: isWanted ? partial : undefined });
  }
  const all = new Map([...committed, ...stagedTable(folder.staged, parts, stream).runs, ...empty]);
  for (const id of problems.keys()) restore(all, committed, id);
  // What is staged of a run that changed back is no newer than the dataset.
  for (const [id, run] of committed)
    if (run.mark === listed.get(id)?.marks[stream] && !fetched.has(id)) all.set(id, run);
  return { stream, runs: all, fetched, problems, before, damaged: missing.length > 0 };
}

/** A run that couldn't be had is as it was, if it was. */
function restore(all: Map<string, RunSlices>, committed: ReadonlyMap<string, RunSlices>, id: string): void {
  const before = committed.get(id);
  if (before === undefined) all.delete(id);
  else all.set(id, before);
}

/** The columns to begin with, so that parts have the same ones if they can. */
function known(before: readonly StoredColumn[], parts: readonly PartRecord[]): StoredColumn[] {
  const columns = [before, ...parts.map((part) => part.columns)].flatMap((all) => all.slice(1));
  return [RUN_ID, ...nameColumns(uniteFields(columns), [RUN_ID], columns)];
}
