import { open } from "node:fs/promises";
import { StartError } from "../errors.ts";
import { QueryError } from "../query/index.ts";
import type { Store } from "../store/store.ts";
import {
  findWandbFiles,
  type OfflineFile,
  type OfflineRun,
  readOfflineRun,
  startOfRun,
  WandbFileError,
} from "../wandb-file/index.ts";
import { type ImportedPart, importPart } from "./import-part.ts";
import { ImportSummary } from "./import-summary.ts";

/**
 * Imports the runs of a `wandb/` folder, and tells in one line what became of them. The same folder may be given at
 * every start: only what is new in it is taken, be it a run, a later part of a run that was resumed, or what a run
 * wrote since. A run that was logged to this server is left as it is. What can't be read is told of, and the rest is
 * imported.
 *
 * @throws StartError when the path isn't there, or holds no `.wandb` file
 */
export async function importRuns(
  store: Store,
  user: string,
  path: string,
  tell: (message: string) => void = () => undefined,
): Promise<void> {
  const files = await filesAt(path, tell);
  const summary = new ImportSummary();
  for (const file of files) {
    const run = await readOfflineRun(file).catch((error: unknown) => {
      if (!(error instanceof WandbFileError)) throw error;
      tell(`Not imported: ${error.message}`);
    });
    if (run === undefined) {
      summary.refused++;
      continue;
    }
    for (const warning of run.warnings) tell(`${file}: ${warning}`);
    const part = tryPart(store, user, run, tell);
    if (part === undefined) {
      summary.refused++;
      continue;
    }
    summary.add(part);
    if (part.outcome !== "left")
      await importFiles(store, part.runId, run.files, part.outcome !== "known", tell);
  }
  tell(summary.toText(path));
}

/** In the order in which they were begun: the parts of a run go on from one another. */
async function filesAt(path: string, tell: (message: string) => void): Promise<string[]> {
  const files = await findWandbFiles(path, (problem) => tell(`Not imported: ${problem}`)).catch((error) => {
    throw new StartError(`--import ${path} can't be read: ${error instanceof Error ? error.message : error}`);
  });
  if (files.length === 0)
    throw new StartError(`--import ${path}: there is no .wandb file in it or below it.`);
  const starts = new Map<string, number>();
  for (const file of files) starts.set(file, await startOfRun(file));
  const startOf = (file: string) => starts.get(file) ?? 0;
  return files.sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : a < b ? -1 : 1));
}

function tryPart(
  store: Store,
  user: string,
  run: OfflineRun,
  tell: (message: string) => void,
): ImportedPart | undefined {
  try {
    return importPart(store, user, run);
  } catch (error) {
    // A name that can't be one, or a time beyond all calendars, is the file's fault.
    if (!(error instanceof QueryError || error instanceof RangeError)) throw error;
    tell(`Not imported: ${run.path}: ${error.message}`);
    return undefined;
  }
}

/** Takes the saved files: all of a part that is new or has grown, else those that an interrupted import left out. */
async function importFiles(
  store: Store,
  runId: number,
  files: readonly OfflineFile[],
  anew: boolean,
  tell: (message: string) => void,
): Promise<void> {
  for (const { name, path } of files) {
    if (!anew && store.files.find(runId, name) !== undefined) continue;
    try {
      const file = await open(path);
      await store.files.write(runId, name, file.createReadStream());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).path !== path) throw error; // the server's own folder failed
      tell(`Not imported: ${error instanceof Error ? error.message : error}`);
    }
  }
}
