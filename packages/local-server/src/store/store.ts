import { startErrorOf } from "./data-folder.ts";
import { type Db, openDatabase } from "./database.ts";
import { Exports } from "./exports.ts";
import { Files } from "./files.ts";
import { HistoryFactsStore } from "./history-facts.ts";
import { Imports } from "./imports.ts";
import { Lines } from "./lines.ts";
import { Projects } from "./projects.ts";
import { RunStore } from "./runs.ts";
import { Sweeps } from "./sweeps.ts";
import { Tokens } from "./tokens.ts";

/** Everything a server keeps, in one folder. */
export interface Store {
  readonly projects: Projects;
  readonly runs: RunStore;
  readonly lines: Lines;
  readonly historyFacts: HistoryFactsStore;
  readonly files: Files;
  readonly exports: Exports;
  readonly sweeps: Sweeps;
  readonly imports: Imports;
  /** All of the work or none of it, on disk when it returns. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** @throws StartError when the folder is in use, can't be used, or was written by a newer version */
export function openStore(folder: string): Store {
  let db: Db | undefined;
  try {
    db = openDatabase(folder);
    return storeOf(db, folder);
  } catch (error) {
    db?.close();
    throw startErrorOf(error, folder);
  }
}

function storeOf(db: Db, folder: string): Store {
  const tokens = new Tokens(db);
  return {
    projects: new Projects(db),
    runs: new RunStore(db),
    lines: new Lines(db),
    historyFacts: new HistoryFactsStore(db),
    files: new Files(db, folder, tokens),
    exports: new Exports(db, folder, tokens),
    sweeps: new Sweeps(db),
    imports: new Imports(db),
    transaction: (work) => db.transaction(work),
    close: () => db.close(),
  };
}
