import { dirname, join } from "node:path";
import { Message } from "./message.ts";
import type { OfflineRun } from "./offline-run.ts";
import { readLog } from "./read-log.ts";
import { RunFold } from "./run-fold.ts";
import { savedFiles } from "./saved-files.ts";
import { WandbFileError } from "./wandb-file-error.ts";

/**
 * Reads the run that a `.wandb` file holds, as the wandb client (0.31) writes it online and offline.
 *
 * A file may be cut off (its run was killed, or goes on) or damaged: whole records are kept, the rest is named in
 * `warnings`.
 *
 * @throws WandbFileError when it is no `.wandb` file, of another version, or holds no run.
 * @example
 * for (const path of await findWandbFiles("./wandb", console.warn)) console.log((await readOfflineRun(path)).runId);
 */
export async function readOfflineRun(path: string): Promise<OfflineRun> {
  const warnings: string[] = [];
  const fold = new RunFold();
  let undecodable = 0;
  for await (const bytes of readLog(path, (problem) => warnings.push(problem))) {
    try {
      fold.add(new Message(bytes));
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
      undecodable++;
    }
  }
  if (undecodable > 0) warnings.push(`${undecodable} record(s) can't be decoded and were left out`);
  const run = fold.toRun();
  if (!run) {
    const why = warnings.length > 0 ? ` (${warnings.join("; ")})` : "";
    throw new WandbFileError(path, `no run in it: the record that names the run is missing${why}`);
  }
  const files = await savedFiles(join(dirname(path), "files"), (problem) => warnings.push(problem));
  return { path, ...run, files, warnings };
}
