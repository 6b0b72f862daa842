import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Api, InvalidArgumentError } from "@lazyruns/core";
import type { DatasetTable, Manifest, ManifestTable } from "../dataset/manifest.ts";
import { readManifest } from "../dataset/read-manifest.ts";
import { fileError } from "../files/file-error.ts";
import { workFolder } from "../files/work-folder.ts";
import { apiOf } from "../options.ts";
import { checkFile } from "./check-file.ts";
import { checkServer } from "./check-server.ts";

/** How a dataset is verified. */
export interface VerifyOptions {
  /** The server that was exported from. Default: `new Api()`, where that finds the same server. */
  readonly api?: Api | undefined;
  /** Whether the server is asked how many rows each run has. Default true. */
  readonly server?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of each file that is checked. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Something that is wrong with a dataset. */
export interface VerifyProblem {
  /** The file, beneath the dataset's folder, where it is one's. */
  readonly path?: string | undefined;
  /** The run's id, where it is one's. */
  readonly run?: string | undefined;
  readonly message: string;
}

/** What came of verifying a dataset. */
export interface VerifyResult {
  /** Whether nothing is wrong. */
  readonly ok: boolean;
  readonly problems: readonly VerifyProblem[];
  readonly runs: number;
  readonly rows: number;
  readonly systemRows: number;
  readonly files: number;
  readonly bytes: number;
  /** The ids of runs that the server says something newer of: the next export fetches them. Nothing is wrong with them. */
  readonly behind: readonly string[];
  /** The ids of runs that the server hasn't any more. */
  readonly vanished: readonly string[];
}

/**
 * Proves a dataset: every file is there, with its checksum, rows and columns; every run's rows are as many as the manifest
 * says, one after another; and of runs that didn't change since, as many as the server says. It finds what went wrong, not
 * what somebody forged: nothing is signed.
 *
 * @param out - the dataset's folder
 * @throws InvalidArgumentError when there is no dataset, and when it is of another server than `api`, or than the one that
 *   `new Api()` finds: the API key goes nowhere because a manifest says so; what reading a manifest and asking the server throw; the
 *   signal's reason
 * @example
 * const { ok, problems } = await verifyExport("./project");
 * if (!ok) console.error(problems);
 */
export async function verifyExport(out: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const folder = checkOut(out);
  const { server = true } = options;
  const manifest = await readManifest(folder);
  if (manifest === undefined) {
    throw new InvalidArgumentError(
      `${folder} holds no dataset: there is no manifest.json. Export to it first.`,
    );
  }
  const connection = server ? serverOf(manifest, options) : undefined;
  try {
    return await verify(folder, manifest, connection?.api, options);
  } finally {
    await connection?.close();
  }
}

async function verify(
  folder: string,
  manifest: Manifest,
  api: Api | undefined,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const problems: VerifyProblem[] = [];
  if (existsSync(workFolder(folder).next)) {
    problems.push({
      message: "An export was broken off while it replaced files. Export again: it goes on there.",
    });
  }
  await checkFiles(folder, manifest, problems, options);
  checkRuns(manifest, problems);
  const { behind, vanished } =
    api !== undefined
      ? await checkServer(manifest, api, problems, options.signal)
      : { behind: [], vanished: manifest.runs.filter(({ gone }) => gone === true).map(({ id }) => id) };
  const files = Object.values(manifest.tables).flatMap((table) => table.files);
  return {
    ok: problems.length === 0,
    problems,
    runs: manifest.runs.length,
    rows: manifest.tables.history?.rows ?? 0,
    systemRows: manifest.tables.system?.rows ?? 0,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    behind,
    vanished,
  };
}

function checkOut(out: unknown): string {
  if (typeof out === "string" && out !== "" && !out.includes("\0")) return resolve(out);
  throw new InvalidArgumentError(`out is ${String(out)}; it must be the path of a dataset's folder.`);
}

/** The connection to use, and what closes it if it is the call's own. */
function serverOf({ source }: Manifest, options: VerifyOptions): ReturnType<typeof apiOf> {
  const connection = apiOf(options);
  const { baseUrl } = connection.api;
  if (baseUrl === source.baseUrl) return connection;
  void connection.close();
  throw new InvalidArgumentError(
    `The dataset is of ${source.baseUrl}, and ${options.api === undefined ? "new Api()" : "api"} is of ${baseUrl}. ` +
      "Give an api of that server, if you trust it with its API key, or server: false.",
  );
}

async function checkFiles(
  folder: string,
  manifest: Manifest,
  problems: VerifyProblem[],
  { signal, onProgress }: VerifyOptions,
): Promise<void> {
  const tables = Object.entries(manifest.tables) as [DatasetTable, ManifestTable][];
  const total = tables.reduce((sum, [, { files }]) => sum + files.length, 0);
  let done = 0;
  for (const [name, table] of tables) {
    const there = await namesIn(join(folder, name));
    for (const file of table.files) {
      signal?.throwIfAborted();
      problems.push(...(await checkFile(folder, file, table.columns)));
      there.delete(file.path.slice(name.length + 1));
      onProgress?.({ done: ++done, total });
    }
    for (const other of there) {
      problems.push({ path: `${name}/${other}`, message: `${name}/${other} isn't a file of the dataset.` });
    }
  }
}

async function namesIn(folder: string): Promise<Set<string>> {
  try {
    return new Set((await readdir(folder)).filter((name) => !name.startsWith("."))); // systems leave hidden ones anywhere
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Set();
    throw fileError(error, folder);
  }
}

/** Whether the files' rows, run by run, are what the manifest says of each run. */
function checkRuns({ tables, runs, source }: Manifest, problems: VerifyProblem[]): void {
  for (const [name, { files, rows }] of Object.entries(tables) as [DatasetTable, ManifestTable][]) {
    const counted = new Map<string, number>();
    for (const { id, rows } of files.flatMap((file) => file.runs))
      counted.set(id, (counted.get(id) ?? 0) + rows);
    const total = [...counted.values()].reduce((sum, rows) => sum + rows, 0);
    if (total !== rows)
      problems.push({ message: `${name} has ${total} rows, and the manifest says ${rows}.` });
    for (const run of runs) {
      const expected = name === "runs" ? 1 : (run[name]?.rows ?? 0);
      const found = counted.get(run.id) ?? 0;
      if (found !== expected) {
        const message = `Run ${run.id} has ${found} rows in ${name}, and the manifest says ${expected}.`;
        problems.push({ run: run.id, message });
      }
      counted.delete(run.id);
    }
    for (const id of counted.keys()) {
      problems.push({ run: id, message: `${name} has rows of run ${id}, which the manifest doesn't name.` });
    }
  }
  for (const run of runs) {
    const { id, problem } = run;
    if (problem !== undefined)
      problems.push({ run: id, message: `Rows of run ${id} are missing: ${problem}` });
    for (const stream of source.streams) {
      if (problem !== undefined || run[stream] !== undefined) continue;
      problems.push({ run: id, message: `Run ${id} has no count of its rows in ${stream} in the manifest.` });
    }
  }
}
