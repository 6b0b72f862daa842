import { type FullRun, LazyrunsError, type Runs } from "@lazyruns/core";
import { storedColumns, storedFiles } from "../dataset/committed.ts";
import type { Manifest } from "../dataset/manifest.ts";
import type { StoredColumn } from "../dataset/schema.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import { isAsItWas } from "../marks.ts";
import type { RunRecord } from "../runs-table/run-record.ts";
import { StagedRecords } from "../runs-table/staged-records.ts";
import { storedRecords } from "../runs-table/stored-records.ts";
import type { ListedRun } from "./list-runs.ts";
import { stageRuns } from "./stage-runs.ts";

/** What the table of runs is fetched with. */
export interface FetchRunsContext {
  readonly runs: Runs<FullRun>;
  readonly listed: ReadonlyMap<string, ListedRun>;
  readonly manifest: Manifest | undefined;
  readonly folder: WorkFolder;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

/** The table of runs, all of whose rows are here. */
export interface FetchedRuns {
  /** What tells whether a run's row is as it was, and what tells its values; undefined for a run that isn't here. */
  about(id: string): Pick<RunRecord, "mark" | "digest"> | undefined;
  /** The rows of runs that are here, in the order of the ids, which are sorted. */
  records(ids: readonly string[]): AsyncGenerator<RunRecord, void, undefined>;
  readonly fetched: ReadonlySet<string>;
  /** Runs that were deleted and made anew while they were fetched. */
  readonly remade: ReadonlySet<string>;
  readonly before: readonly StoredColumn[];
  readonly damaged: boolean;
  close(): Promise<void>;
}

/** Fetches the runs that changed, with configs and summaries. */
export async function fetchRuns(context: FetchRunsContext): Promise<FetchedRuns> {
  const { runs, listed, manifest, folder, signal, onProgress } = context;
  const { files, missing } = await storedFiles(folder.out, manifest, "runs");
  const there = new Set(files.flatMap((file) => file.runs.map(({ id }) => id)));
  const stored = new Map(
    (manifest?.runs ?? []).filter(({ id }) => there.has(id)).map((run) => [run.id, run]),
  );
  const staged = await StagedRecords.open(folder.staged);
  const fetched = new Set<string>();
  const wanted = new Map<string, ListedRun>();
  for (const [id, run] of listed) {
    const { run: mark } = run.marks;
    if (isAsItWas(staged.about(id)?.mark, mark)) fetched.add(id);
    else if (!isAsItWas(stored.get(id)?.mark, mark)) wanted.set(id, run);
  }
  let done = listed.size - wanted.size;
  onProgress(done, listed.size);
  const onRuns = (count: number) => {
    done += count;
    onProgress(done, listed.size);
  };
  let remade: ReadonlySet<string>;
  try {
    remade = await stageRuns(runs, wanted, staged, { signal, onRuns });
  } catch (error) {
    await staged.close();
    throw error;
  }
  for (const id of wanted.keys()) if (staged.about(id) !== undefined) fetched.add(id);
  return {
    about: (id) => (fetched.has(id) ? staged.about(id) : stored.get(id)),
    async *records(ids) {
      const rows = storedRecords(files);
      try {
        for (const id of ids) {
          const record = fetched.has(id) ? await staged.get(id) : await find(rows, id);
          if (record === undefined) throw lost(id);
          yield record;
        }
      } finally {
        await rows.return();
      }
    },
    fetched,
    remade,
    before: storedColumns(manifest, "runs"),
    damaged: missing.length > 0,
    close: () => staged.close(),
  };
}

function lost(id: string): LazyrunsError {
  return new LazyrunsError(
    `The row of run ${id} isn't in the table of runs, though the manifest says so. Put the dataset back from a copy, or ` +
      "export to another folder.",
    { operation: "exporting a project", run: id },
  );
}

/** The next row that is the run's; those before it are passed over. */
async function find(
  rows: AsyncGenerator<RunRecord, void, undefined>,
  id: string,
): Promise<RunRecord | undefined> {
  for (;;) {
    const { value, done } = await rows.next();
    if (done === true || value === undefined) return undefined;
    if (value.id === id) return value;
  }
}
