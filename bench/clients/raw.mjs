// One measurement of a bare undici client to the same server: node raw.mjs TASK. What any client is measured against.
//
// "floor": receives and gunzips the histories in batches of 50, ten at a time, and parses none of it.
// "one-a-run": asks for each run's history by itself, ten at a time, and parses it to row objects.

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Agent } from "undici";
import { API_KEY } from "../lib/work.mjs";
import { measure } from "./measure.mjs";

const CONNECTIONS = 10;
const BATCH = 50;
const LARGEST_PAGE = 1000;

const unzip = promisify(gunzip);

const NAMES = `query Names($entity: String!, $project: String!, $first: Int!, $after: String) {
  project(name: $project, entityName: $entity) { runs(first: $first, after: $after) {
    edges { node { name } } pageInfo { endCursor hasNextPage } } }
}`;

const historyField = (/** @type {readonly string[] | undefined} */ keys) =>
  keys === undefined ? "history(samples: 500)" : "sampledHistory(specs: $specs)";

const specsOf = (/** @type {readonly string[] | undefined} */ keys) =>
  keys === undefined ? {} : { specs: [JSON.stringify({ keys: ["_step", ...keys], samples: 500 })] };

const declared = (/** @type {readonly string[] | undefined} */ keys) =>
  keys === undefined ? "" : ", $specs: [JSONString!]!";

await measure(async ({ url, path, work, keys }) => {
  const agent = new Agent({ connections: CONNECTIONS });
  const [entity, project] = path.split("/");

  /** @param {string} query @param {Record<string, unknown>} variables @returns {Promise<Buffer>} */
  const ask = async (query, variables) => {
    const { statusCode, body } = await agent.request({
      origin: url,
      path: "/graphql",
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`api:${API_KEY}`)}`,
        "content-type": "application/json",
        "accept-encoding": "gzip",
      },
      body: JSON.stringify({ query, variables: { entity, project, ...variables } }),
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}: ${bytes}`);
    // Sized by the trailer, so that the text comes in one piece.
    return unzip(bytes, { chunkSize: Math.max(64, bytes.readUInt32LE(bytes.length - 4) + 1) });
  };

  const listIds = async () => {
    /** @type {string[]} */
    const ids = [];
    /** @type {string | null} */
    let after = null;
    for (;;) {
      /** @type {any} */
      const answer = JSON.parse(String(await ask(NAMES, { first: LARGEST_PAGE, after })));
      const { runs } = answer.data.project;
      for (const { node } of runs.edges) ids.push(node.name);
      if (!runs.pageInfo.hasNextPage) return ids;
      after = runs.pageInfo.endCursor;
    }
  };

  /** Ten at a time. @template T @param {readonly T[]} items @param {(item: T, at: number) => Promise<void>} each */
  const each = async (items, each) => {
    let next = 0;
    const worker = async () => {
      while (next < items.length) {
        const at = next++;
        await each(/** @type {T} */ (items[at]), at);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  };

  const floor = async (/** @type {() => void} */ first) => {
    const ids = await listIds();
    const query = `query Histories($entity: String!, $project: String!, $filters: JSONString!, $first: Int!${declared(keys)}) {
  project(name: $project, entityName: $entity) { runs(filters: $filters, first: $first) {
    edges { node { name ${historyField(keys)} } } } }
}`;
    const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, at) =>
      ids.slice(at * BATCH, (at + 1) * BATCH),
    );
    let length = 0;
    await each(batches, async (batch) => {
      const filters = JSON.stringify({ name: { $in: batch } });
      const text = await ask(query, { filters, first: batch.length, ...specsOf(keys) });
      length += text.length;
      first();
    });
    return length;
  };

  const oneARun = async (/** @type {() => void} */ first) => {
    const ids = await listIds();
    const query = `query History($entity: String!, $project: String!, $name: String!${declared(keys)}) {
  project(name: $project, entityName: $entity) { run(name: $name) { ${historyField(keys)} } }
}`;
    /** @type {Record<string, unknown>[][]} */
    const histories = [];
    await each(ids, async (name, at) => {
      const text = String(await ask(query, { name, ...specsOf(keys) }));
      const { run } = JSON.parse(text).data.project;
      const rows = run.sampledHistory?.[0] ?? run.history.map((/** @type {string} */ row) => JSON.parse(row));
      for (const row of rows) row.run_id = name;
      histories[at] = rows;
      first();
    });
    return histories.flat();
  };

  await ask(NAMES, { first: 1 });
  const close = () => agent.close();
  if (work === "floor") return { work: floor, close };
  if (work === "one-a-run") return { work: oneARun, records: (rows) => rows, close };
  throw new Error(`There is no work called ${work}.`);
});
