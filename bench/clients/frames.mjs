// One measurement of frames in Node, fed with prepared answers instead of the network: node frames.mjs TASK. A first
// tiny frame is made before the clock starts, so that what is loaded when it is first needed is there.
//
// "feed" makes nothing: a bare client takes the same answers, 28 runs each and ten at a time, and drops them.

import { Api } from "@lazyruns/core";
import "@lazyruns/dataframes";
import { request } from "undici";
import { feedDispatcher } from "../feed/dispatcher.mjs";
import { openHistories } from "../feed/histories.mjs";
import { API_KEY } from "../lib/work.mjs";
import { idOf } from "../server/fields.mjs";
import { measure } from "./measure.mjs";

/** @typedef {any} Frame */

const CONNECTIONS = 10;
/** As large as Lazyruns makes them of these runs: 4 MB. */
const BATCH = 28;

/** @param {readonly string[]} names @param {(name: string) => Iterable<unknown>} column */
function* rowsOf(names, column) {
  const columns = names.map((name) => /** @type {const} */ ([name, [...column(name)]]));
  const count = columns[0]?.[1].length ?? 0;
  for (let row = 0; row < count; row++) {
    yield Object.fromEntries(columns.map(([name, values]) => [name, values[row]]));
  }
}

/** @type {Record<string, { count: (frame: Frame) => number, records: (frame: Frame) => Iterable<object> }>} */
const FORMS = {
  table: { count: (table) => table.numRows, records: (table) => table.toRows() },
  polars: {
    count: (frame) => frame.height,
    records: (frame) => rowsOf(frame.columns, (name) => frame.getColumn(name).toArray()),
  },
  danfo: {
    count: (frame) => frame.shape[0],
    records: (frame) => rowsOf(frame.columns, (name) => frame.column(name).values),
  },
  arrow: {
    count: (table) => table.numRows,
    records: (table) => rowsOf(table.names, (name) => table.getChild(name)),
  },
};

await measure(async ({ url, path, work, keys, answers, packed = false }) => {
  if (answers === undefined) throw new Error("There are no answers to be fed with.");
  const histories = await openHistories(answers, packed);
  const feed = feedDispatcher(histories, { field: answers.field, keys, packed });
  const state = async () => ({ ...feed.counters, connections: 0, cpuSeconds: 0, lateMs: null });

  const drop = async () => {
    const starts = Array.from({ length: Math.ceil(histories.size / BATCH) }, (_, at) => at * BATCH);
    const specs = [JSON.stringify({ keys: ["_step", ...(keys ?? [])] })];
    const worker = async () => {
      for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
        const count = Math.min(BATCH, histories.size - start);
        const $in = Array.from({ length: count }, (_, at) => idOf(start + at));
        const variables = { filters: JSON.stringify({ name: { $in } }), specs };
        const body = JSON.stringify({ query: `{ ${answers.field}( }`, variables });
        const { dispatcher } = feed;
        const answer = await request(`${url}/graphql`, { method: "POST", body, dispatcher });
        await answer.body.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return histories.size;
  };
  if (work === "feed") return { work: drop, state, close: () => histories.close() };

  const form = FORMS[work];
  if (form === undefined) throw new Error(`There is no work called ${work}.`);
  const api = new Api({ baseUrl: url, apiKey: API_KEY, dispatcher: feed.dispatcher });
  const read = (/** @type {any} */ options) =>
    api.runs(path, options).histories({ format: /** @type {any} */ (work), ...(keys && { keys }) });
  await read({ limit: 1 });
  return {
    work: () => read({}),
    state,
    ...form,
    close: async () => {
      await api.close();
      await histories.close();
    },
  };
});
