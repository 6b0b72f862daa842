// One measurement of Lazyruns: node ours.mjs TASK. A tiny listing is done before the clock starts.

import { Api } from "@lazyruns/core";
import { API_KEY, CONFIG_KEYS, SUMMARY_KEYS } from "../lib/work.mjs";
import { measure } from "./measure.mjs";

/** @import { Prepared } from "./measure.mjs" */

// What a version of core lacks fails when it is called, in the row that needs it, and says what is missing.
/** @typedef {any} AnyRuns */

/** Iterates to the end and keeps what comes. @template T @param {AsyncIterable<T>} source @param {() => void} first */
async function all(source, first) {
  const items = [];
  for await (const item of source) {
    first();
    items.push(item);
  }
  return items;
}

const listed = (/** @type {AnyRuns[]} */ runs) =>
  runs.map(({ id, name, state, tags, createdAt }) => ({
    ...{ id, name, state, tags },
    createdAt: createdAt.toISOString().replace(".000Z", "Z"), // as it came
  }));

const SUMMARY_COLUMNS = SUMMARY_KEYS.map((key) => `summary.${key}`);
const CHOSEN_COLUMNS = [...CONFIG_KEYS.map((key) => `config.${key}`), ...SUMMARY_COLUMNS];

const only = (/** @type {readonly string[]} */ columns) => (/** @type {any} */ table) =>
  rowsOf(table).map((/** @type {Record<string, unknown>} */ row) =>
    Object.fromEntries(columns.map((name) => [name, row[name]])),
  );

const chosenColumns = only(CHOSEN_COLUMNS);
const chosenSummaries = only(SUMMARY_COLUMNS);

/** Counts runs as they go by. @param {AnyRuns} runs @param {() => void} first */
async function goThrough(runs, first) {
  let count = 0;
  for await (const page of runs.pages({ keep: false })) {
    first();
    count += page.length;
  }
  return count;
}

const rowsOf = (/** @type {any} */ table) => (Array.isArray(table) ? table : table.toRows());

await measure(async ({ url, path, work, keys }) => {
  const api = new Api({ baseUrl: url, apiKey: API_KEY });
  await api.runs("bench/runs-1").toArray();
  const isThousandAPage = work.endsWith("-1000");
  const runs = /** @type {AnyRuns} */ (api.runs(path, isThousandAPage ? { perPage: 1000 } : {}));
  if (work === "upgrade") await runs.toArray();
  const asked = keys === undefined ? {} : { keys };

  /** @type {Record<string, Prepared>} */
  const works = {
    list: { work: (first) => all(runs, first), records: listed },
    "list-1000": { work: (first) => all(runs, first), records: listed },
    configs: {
      work: async (first) => {
        const configs = [];
        for await (const run of runs) {
          configs.push((await run.load()).config);
          first();
        }
        return configs;
      },
      records: (configs) => configs,
    },
    "histories-rows": { work: () => runs.histories(asked), records: rowsOf },
    "histories-table": { work: () => runs.histories({ ...asked, format: "table" }), records: rowsOf },
    upgrade: {
      work: async () => (await runs.upgradeToFull()).toArray(),
      records: (full) => full.map((/** @type {any} */ { config, summary }) => ({ config, summary })),
    },
    table: { work: () => runs.table({ config: CONFIG_KEYS, summary: SUMMARY_KEYS }), records: chosenColumns },
    "summaries-1000": { work: () => runs.table({ summary: SUMMARY_KEYS }), records: chosenSummaries },
    "summaries-columns-1000": {
      work: () => runs.table({ summary: SUMMARY_KEYS, format: "table" }),
      records: chosenSummaries,
    },
    stream: {
      work: async (first) => {
        let rows = 0;
        for await (const { table } of runs.historyStream(asked)) {
          first();
          rows += table.numRows;
        }
        return rows;
      },
    },
    "stream-kept": {
      work: (first) => all(runs.historyStream(asked), first),
      records: (histories) =>
        histories.flatMap((/** @type {any} */ { run, table }) =>
          table.toRows().map((/** @type {object} */ row) => ({ ...row, run_id: run.id })),
        ),
    },
    pages: { work: (first) => goThrough(runs, first) },
    "pages-1000": { work: (first) => goThrough(runs, first) },
  };
  const prepared = works[work];
  if (prepared === undefined) throw new Error(`There is no work called ${work}.`);
  return { ...prepared, close: () => api.close() };
});
