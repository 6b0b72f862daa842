// One measurement of scans in Node: node scans.mjs TASK. A tiny run is scanned before the clock starts, so that what is
// loaded when it is first needed is there, and the run is fetched. Batches are counted as they go by and not kept; where
// they are to be described, a second scan does it when the clock has stopped.
//
// "scan-table" and "scan-polars" are named by the form of the batches; "polars-itself" reads the file that the server has,
// from disk and by polars alone. A warm cache is filled by a process of its own, which is over before the clock starts.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import "@lazyruns/dataframes";
import "@lazyruns/export";
import polars from "nodejs-polars";
import { API_KEY, TINY_ROWS } from "../lib/work.mjs";
import { measure } from "./measure.mjs";

/**
 * @import { Task } from "../lib/work.mjs"
 * @typedef {any} Batch
 */

const RUN = "00000000";

/** @type {Record<string, { count: (batch: Batch) => number, rows: (batch: Batch) => Iterable<Record<string, unknown>> }>} */
const FORMS = {
  table: { count: (table) => table.numRows, rows: (table) => table.toRows() },
  polars: { count: (frame) => frame.height, rows: (frame) => frame.toRecords() },
};

/** @param {Task} task */
function fillCache(task) {
  const { warm: _, digest: __, ...cold } = task;
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(cold)], { stdio: "ignore" });
}

/** @param {Task} task */
async function polarsItself({ file, tinyFile }) {
  if (file === undefined || tinyFile === undefined) throw new Error("There is no file to be read.");
  polars.readParquet(tinyFile);
  return { work: async () => polars.readParquet(file).height };
}

await measure(async (task) => {
  const { url, path, work, keys, warm } = task;
  if (work === "polars-itself") return polarsItself(task);
  const format = work.replace("scan-", "");
  const form = FORMS[format];
  if (form === undefined) throw new Error(`There is no work called ${work}.`);
  if (warm) fillCache(task);
  const api = new Api({ baseUrl: url, apiKey: API_KEY });
  const runOf = async (/** @type {string} */ project) =>
    /** @type {any} */ (await api.run(`${project}/${RUN}`));
  const options = { format, ...(keys && { keys }) };
  const tiny = await runOf(path.replace(/\d+$/, String(TINY_ROWS)));
  for await (const batch of tiny.scanHistory(options)) form.count(batch);
  const run = await runOf(path);
  const scan = () => run.scanHistory(options);
  return {
    work: async (first) => {
      let rows = 0;
      for await (const batch of scan()) {
        first();
        rows += form.count(batch);
      }
      return rows;
    },
    records: async () => {
      const records = [];
      for await (const batch of scan()) {
        for (const { run_id: _, ...row } of form.rows(batch)) records.push(row);
      }
      return records;
    },
    close: () => api.close(),
  };
});
