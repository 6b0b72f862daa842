// The Parquet file of a long history, as a server would have exported it: made once by pyarrow, and kept.

import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LONG_NAMES, longRows } from "./long-run.mjs";

/** Changes with what the files hold. */
const VERSION = 1;

/** Where the files are kept from one benchmark to the next. */
export const EXPORTS_FOLDER = join(tmpdir(), "lazyruns-bench-exports");

/** @param {number} rows */
export const exportFileName = (rows) => `long-${rows}-v${VERSION}.parquet`;

const STRETCH = 50_000;

/**
 * Makes the file unless it is there: 10 row groups, zstd, `_step` whole numbers and all else doubles.
 *
 * @param {number} rows
 * @param {string} python
 * @returns {Promise<string>} its path
 */
export async function ensureExportFile(rows, python) {
  const path = join(EXPORTS_FOLDER, exportFileName(rows));
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  await mkdir(EXPORTS_FOLDER, { recursive: true });
  const folder = await mkdtemp(join(EXPORTS_FOLDER, "making-"));
  try {
    await writeColumns(folder, rows);
    const made = join(folder, "made.parquet");
    const script = fileURLToPath(new URL("write_export.py", import.meta.url));
    await promisify(execFile)(python, [script, folder, made, String(rows), JSON.stringify(LONG_NAMES)]);
    await rename(made, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return path;
}

/** Each column as a file of doubles, named by its place. @param {string} folder @param {number} rows */
async function writeColumns(folder, rows) {
  const files = await Promise.all(LONG_NAMES.map((_, at) => open(join(folder, String(at)), "w")));
  try {
    for (let start = 0; start < rows; start += STRETCH) {
      const columns = longRows(start, Math.min(rows, start + STRETCH));
      for (const [at, name] of LONG_NAMES.entries()) {
        await files[at]?.write(new Uint8Array(Float64Array.from(columns.get(name) ?? []).buffer));
      }
    }
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}
