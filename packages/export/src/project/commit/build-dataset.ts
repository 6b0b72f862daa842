import { join } from "node:path";
import type {
  DatasetSource,
  DatasetTable,
  Manifest,
  ManifestRun,
  ManifestTable,
} from "../dataset/manifest.ts";
import { nameColumns, RUN_ID, uniteFields } from "../dataset/schema.ts";
import type { FetchedRuns } from "../fetch/fetch-runs.ts";
import type { FetchedStream } from "../fetch/fetch-stream.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import { planParts } from "../plan/plan-parts.ts";
import { writeParts } from "../plan/write-parts.ts";
import { MOST_COLUMNS, writeRuns } from "../runs-table/write-runs.ts";
import type { PartLimits } from "../stage/part-stager.ts";
import { beginDraft, endDraft, manifestTable } from "./draft.ts";

/** What a dataset is built of. */
export interface BuildContext {
  readonly folder: WorkFolder;
  readonly source: DatasetSource;
  readonly before: Manifest | undefined;
  /** The runs that it is to hold, sorted by their ids. */
  readonly runs: readonly ManifestRun[];
  readonly streams: readonly FetchedStream[];
  readonly fetchedRuns: FetchedRuns;
  readonly limits: PartLimits;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (done: number, total: number) => void;
  readonly onWarning: (message: string) => void;
}

/** Builds a dataset beside the one that is there. Afterwards it has only to be put in its place. */
export async function buildDataset(context: BuildContext): Promise<Manifest> {
  const { folder, source, before, runs, streams, signal, onProgress } = context;
  const tables: { [T in DatasetTable]?: ManifestTable } = {};
  const names: DatasetTable[] = [...streams.map(({ stream }) => stream), "runs"];
  await beginDraft(folder, names);
  const total = streams.reduce(
    (sum, { stream }) => sum + runs.reduce((rows, run) => rows + (run[stream]?.rows ?? 0), 0),
    0,
  );
  let done = 0;
  const onRows = (rows: number) => {
    done += rows;
    onProgress(done, total);
  };
  for (const fetched of streams) {
    tables[fetched.stream] = await buildStream(fetched, context, onRows);
  }
  tables.runs = await buildRuns(context);
  const now = new Date().toISOString();
  const manifest: Manifest = {
    format: "lazyruns-dataset",
    version: 1,
    source,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    tables,
    runs,
  };
  signal?.throwIfAborted();
  await endDraft(folder, manifest, names);
  return manifest;
}

async function buildStream(
  { stream, runs: rowsOf, before }: FetchedStream,
  { folder, runs, limits, signal, onWarning }: BuildContext,
  onRows: (rows: number) => void,
): Promise<ManifestTable> {
  const placed = runs.flatMap(({ id, [stream]: rows }) => {
    const run = rows === undefined ? undefined : rowsOf.get(id);
    return run === undefined ? [] : [{ id, slices: run.slices }];
  });
  const files = new Set(placed.flatMap(({ slices }) => slices.map(({ file }) => file)));
  const all = [...files].map(({ columns }) => columns.slice(1));
  const columns = [RUN_ID, ...nameColumns(uniteFields(...all), [RUN_ID], [...before, ...all.flat()])];
  const parts = planParts(placed, columns, limits.partRows, limits.packedBytes);
  const written = await writeParts(join(folder.draft, stream), parts, columns, { signal, onRows });
  for (const { name, source } of columns) {
    if (name !== source)
      onWarning(`Column ${JSON.stringify(source)} of ${stream} is called ${JSON.stringify(name)}.`);
  }
  return manifestTable(stream, written, columns);
}

async function buildRuns({
  folder,
  runs,
  fetchedRuns,
  signal,
  onWarning,
}: BuildContext): Promise<ManifestTable> {
  const ids = runs.map(({ id }) => id);
  const records = () => fetchedRuns.records(ids);
  const { file, leftOut } = await writeRuns(join(folder.draft, "runs"), records, fetchedRuns.before, signal);
  if (leftOut > 0) {
    onWarning(
      `The runs have ${leftOut} more keys in configs and summaries than the ${MOST_COLUMNS} that got columns: ` +
        "those that fewest runs have. They are in config_json and summary_json.",
    );
  }
  return manifestTable("runs", [file], file.columns);
}
