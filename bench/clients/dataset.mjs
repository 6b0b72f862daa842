// What an exported dataset holds and how large it is: read by polars, which had no part in writing it.

import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import polars from "nodejs-polars";

/** The tables, and what tells their rows apart and puts them in order. */
const TABLES = {
  history: ["run_id", "_step"],
  system: ["run_id", "_timestamp"],
  runs: ["run_id"],
};

/** @param {string} out */
export async function sizeOf(out) {
  let [files, bytes] = [0, 0];
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || join(entry.parentPath, entry.name).includes(".lazyruns")) continue;
    files++;
    bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return { files, "MB on disk": bytes / 1e6 };
}

/**
 * Equal only when two datasets have the same rows, each as often, in whatever order and files they are.
 *
 * @param {string} out
 * @returns {Promise<import("../lib/digest.mjs").Digest>}
 */
export async function describeDataset(out) {
  /** @type {Record<string, number>} */
  const sums = {};
  const hash = createHash("sha256");
  let count = 0;
  for (const [table, by] of Object.entries(TABLES)) {
    const names = (await readdir(join(out, table))).filter((name) => name.endsWith(".parquet")).sort();
    const parts = names.map((name) => polars.readParquet(join(out, table, name)));
    const frame = polars.concat(parts);
    const columns = [...frame.columns].sort();
    const sorted = frame.select(...columns).sort(by);
    hash.update(
      `${table} ${sorted.height} ${columns.map((name) => `${name} ${sorted.getColumn(name).dtype}`)}\n`,
    );
    for (const row of sorted.hashRows().toArray()) hash.update(`${row}\n`);
    sums[`${table} rows`] = sorted.height;
    sums[`${table} different rows`] = sorted.select(...by).unique().height;
    count += sorted.height;
  }
  return { count, sums, texts: hash.digest("hex") };
}
