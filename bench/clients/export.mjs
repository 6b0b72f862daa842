// One measurement of exporting a project: node export.mjs TASK.
//
// "export" does it in one go. "again" does it once more, where a process before it has done it and nothing changed.
// "killed" has processes do it and kills five of them on the way; the one after them finishes.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "@lazyruns/core";
import * as exporting from "@lazyruns/export";
import { API_KEY } from "../lib/work.mjs";
import { describeDataset, sizeOf } from "./dataset.mjs";
import { exportByChildren, exportInChild } from "./export-children.mjs";
import { measure } from "./measure.mjs";

/** @import { Prepared } from "./measure.mjs" */

// What a version lacks fails when it is called, in the row that needs it, and says what is missing.
const { exportProject } = /** @type {any} */ (exporting);

await measure(async (task) => {
  const { url, path, work } = task;
  const out = task.out ?? (await mkdtemp(join(tmpdir(), "lazyruns-bench-dataset-")));
  const records = { describe: () => describeDataset(out) };
  const remove = async () => {
    if (task.out === undefined) await rm(out, { recursive: true, force: true });
  };
  if (work === "killed") {
    return {
      ...records,
      work: () => exportByChildren({ ...task, out }),
      count: ({ rows }) => rows,
      more: async ({ kills, peakMB, cpuSeconds }) => ({
        ...{ peakMB, cpuSeconds },
        figures: { kills, ...(await sizeOf(out)) },
      }),
      close: remove,
    };
  }
  if (work === "again") await exportInChild({ ...task, out });
  const api = new Api({ baseUrl: url, apiKey: API_KEY });
  await api.runs("bench/runs-1").toArray();
  /** @type {Prepared} */
  const prepared = {
    ...records,
    work: () => exportProject(path, { out, api }),
    count: ({ rows }) => rows,
    more: async () => ({ figures: await sizeOf(out) }),
    close: async () => {
      await api.close();
      await remove();
    },
  };
  return prepared;
});
