import { type FullRun, LazyrunsError, type Runs } from "@lazyruns/core";
import { buildDataset } from "./commit/build-dataset.ts";
import { putInPlace } from "./commit/put-in-place.ts";
import { checkIrreplaceable } from "./dataset/irreplaceable.ts";
import type { DatasetSource, Manifest, ManifestRun } from "./dataset/manifest.ts";
import type { ExportResult } from "./export-result.ts";
import { type FetchedRuns, fetchRuns } from "./fetch/fetch-runs.ts";
import { type FetchedStream, fetchStream } from "./fetch/fetch-stream.ts";
import { type ListedRun, listRuns } from "./fetch/list-runs.ts";
import { clearWork, type WorkFolder } from "./files/work-folder.ts";
import { isAnother } from "./marks.ts";
import type { ExportOptions, ExportProgress } from "./options.ts";
import type { PartLimits } from "./stage/part-stager.ts";
import { readStage } from "./stage/read-stage.ts";

/** What an export works with. */
export interface ExportContext {
  readonly lazy: Runs;
  readonly full: Runs<FullRun>;
  readonly source: DatasetSource;
  readonly folder: WorkFolder;
  readonly manifest: Manifest | undefined;
  readonly options: ExportOptions;
  readonly limits: PartLimits;
}

/** Fetches what changed, builds the dataset anew, and puts it in its place. */
export async function runExport(context: ExportContext): Promise<ExportResult> {
  const { lazy, full, source, folder, manifest, options, limits } = context;
  const { signal, prune = false } = options;
  const onWarning = (message: string) => options.onWarning?.({ message });
  const tell = (stage: ExportProgress["stage"], unit: ExportProgress["unit"] = "runs") => {
    return (done: number, total: number) => options.onProgress?.({ stage, done, total, unit });
  };
  const listed = await listRuns(lazy, signal, (count) => tell("list")(count, count));
  if (!prune) await checkIrreplaceable(folder.out, manifest, listed);
  const parts = await readStage(folder.staged);
  const had = withoutOthers(manifest, listed);
  const streams: FetchedStream[] = [];
  for (const stream of source.streams) {
    const keys = source.keys ?? undefined;
    const onProgress = tell(stream);
    const shared = { runs: lazy, listed, manifest: had, folder, parts, limits, signal, onWarning };
    streams.push(await fetchStream(stream, { ...shared, keys, onProgress }));
  }
  const onProgress = tell("runs");
  const fetchedRuns = await fetchRuns({ runs: full, listed, manifest: had, folder, signal, onProgress });
  for (const id of fetchedRuns.remade) onWarning(remadeMeanwhile(id));
  try {
    const runs = runsOf(context, listed, streams, fetchedRuns);
    const vanished = vanishedOf(manifest, listed, fetchedRuns);
    const kept = prune ? runs.filter(({ gone }) => gone !== true) : runs;
    const changed = isChanged(manifest, kept, streams, fetchedRuns);
    const made = changed
      ? await buildDataset({
          ...{
            folder,
            source,
            before: manifest,
            runs: kept,
            streams,
            fetchedRuns,
            limits,
            signal,
            onWarning,
          },
          onProgress: tell("write", "rows"),
        })
      : manifest;
    if (changed) await putInPlace(folder);
    await clearWork(folder);
    const result = resultOf(made as Manifest, streams, fetchedRuns, listed, vanished, changed);
    throwProblems(source, streams, fetchedRuns.remade, result);
    return result;
  } finally {
    await fetchedRuns.close();
  }
}

/** A dataset's manifest without the runs under whose ids there are others now: nothing that was had of them is kept. */
function withoutOthers(
  manifest: Manifest | undefined,
  listed: ReadonlyMap<string, ListedRun>,
): Manifest | undefined {
  if (manifest === undefined) return undefined;
  const runs = manifest.runs.filter((run) => {
    const now = listed.get(run.id);
    return now === undefined || !isAnother(run, now.marks);
  });
  return { ...manifest, runs };
}

function remadeMeanwhile(id: string): string {
  return `Run ${id} was deleted and made anew while it was exported: it is left out, and the next export fetches it.`;
}

/** The runs that a dataset is to hold, sorted by their ids: those that are here, and those that were in it. */
function runsOf(
  { manifest }: ExportContext,
  listed: ReadonlyMap<string, ListedRun>,
  streams: readonly FetchedStream[],
  fetchedRuns: FetchedRuns,
): ManifestRun[] {
  const before = new Map((manifest?.runs ?? []).map((run) => [run.id, run]));
  const ids = [...new Set([...listed.keys(), ...before.keys()])].sort();
  return ids.flatMap((id): ManifestRun[] => {
    const about = fetchedRuns.about(id);
    if (about === undefined || fetchedRuns.remade.has(id)) return []; // deleted while it was fetched
    const run = listed.get(id);
    const message = streams.find(({ problems }) => problems.has(id))?.problems.get(id)?.message;
    const problem = message ?? (run === undefined ? before.get(id)?.problem : undefined);
    const rows = streams.flatMap(({ stream, runs }) => {
      const known = runs.get(id);
      return known === undefined ? [] : [[stream, { rows: known.rows, mark: known.mark }] as const];
    });
    return [
      {
        id,
        state: (run ?? before.get(id))?.state ?? null,
        mark: about.mark,
        digest: about.digest,
        ...Object.fromEntries(rows),
        ...(run === undefined ? { gone: true as const } : {}),
        ...(problem === undefined ? {} : { problem }),
      },
    ];
  });
}

function vanishedOf(
  manifest: Manifest | undefined,
  listed: ReadonlyMap<string, ListedRun>,
  fetchedRuns: FetchedRuns,
): string[] {
  const before = (manifest?.runs ?? []).map(({ id }) => id).filter((id) => !listed.has(id));
  const meanwhile = [...listed.keys()].filter(
    (id) => fetchedRuns.about(id) === undefined || fetchedRuns.remade.has(id),
  );
  return [...before, ...meanwhile].sort();
}

function isChanged(
  manifest: Manifest | undefined,
  runs: readonly ManifestRun[],
  streams: readonly FetchedStream[],
  fetchedRuns: FetchedRuns,
): boolean {
  if (manifest === undefined || fetchedRuns.damaged || streams.some(({ damaged }) => damaged)) return true;
  return JSON.stringify(manifest.runs) !== JSON.stringify(runs);
}

function resultOf(
  { tables, runs }: Manifest,
  streams: readonly FetchedStream[],
  fetchedRuns: FetchedRuns,
  listed: ReadonlyMap<string, ListedRun>,
  vanished: readonly string[],
  changed: boolean,
): ExportResult {
  const fetched = new Set([...fetchedRuns.fetched, ...streams.flatMap((stream) => [...stream.fetched])]);
  const files = Object.values(tables).flatMap((table) => table.files);
  return {
    runs: runs.length,
    rows: tables.history?.rows ?? 0,
    systemRows: tables.system?.rows ?? 0,
    fetchedRuns: fetched.size,
    unchangedRuns: [...listed.keys()].filter((id) => !fetched.has(id)).length,
    vanished,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    changed,
  };
}

/** @throws LazyrunsError when rows of some runs couldn't be had, naming them and why */
function throwProblems(
  { entity, project }: DatasetSource,
  streams: readonly FetchedStream[],
  remade: ReadonlySet<string>,
  result: ExportResult,
): void {
  const problems = new Map(
    streams.flatMap((stream) => [...stream.problems].filter(([id]) => !remade.has(id))),
  );
  if (problems.size === 0) return;
  const [[, first] = []] = problems;
  const missing = [...problems.keys()].sort();
  const names = `${missing.slice(0, 10).join(", ")}${missing.length > 10 ? ` and ${missing.length - 10} more` : ""}`;
  throw new LazyrunsError(
    `Rows of ${missing.length} of ${entity}/${project}'s runs could not be exported: ${names}. All else is in the ` +
      `dataset, and the next call tries them again. ${first?.message ?? ""}`,
    { operation: "exporting a project", entity, project, missing, partial: result, cause: first },
  );
}
