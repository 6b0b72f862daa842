// The few types and fields that readers of runs ask for. Anything else is refused by name, never answered emptily.

import { HISTORY_KEYS, idOf, indexOf, lightFields } from "./fields.mjs";
import * as pieces from "./pieces.mjs";
import { QueryError } from "./query.mjs";

/**
 * @import { Cost } from "./waits.mjs"
 * @typedef {object} Field
 * @property {string} [type] - of an object, whose own fields are asked for
 * @property {(parent: any, args: Record<string, any>, cost: Cost) => unknown} get - a scalar, a `Piece` that holds
 *   its JSON, an object of the type, or a list of such
 * @typedef {{ name: string, size: number }} Project
 * @typedef {{ index: number, heavy: boolean, light?: ReturnType<typeof lightFields> }} Run `heavy` once its config or
 *   summary was read for this answer
 * @typedef {{ runs: Iterable<number>, count: number, start: number, end: number }} Connection
 */

const LARGEST_PAGE = 1_000;

const plain = (/** @type {unknown} */ value) => ({ get: () => value });

/** @param {readonly string[]} names @returns {Record<string, Field>} */
const own = (names) => Object.fromEntries(names.map((name) => [name, { get: (parent) => parent[name] }]));

const lightOf = (/** @type {Run} */ run) => {
  run.light ??= lightFields(run.index);
  return run.light;
};

/** @type {Field} */
const PROJECT = { type: "Project", get: (_, { name }) => projectOf(name) };

/** @type {Field} */
const RUN = {
  type: "Run",
  get: (/** @type {Project} */ { size }, { name }) => {
    const index = indexOf(name);
    return index < size ? { index, heavy: false } : null;
  },
};

/** @type {Readonly<Record<string, Readonly<Record<string, Field>>>>} */
export const TYPES = {
  Query: {
    project: PROJECT,
    model: PROJECT,
    viewer: { type: "User", get: () => VIEWER },
    serverInfo: { type: "ServerInfo", get: () => ({}) },
  },
  ServerInfo: { features: { type: "ServerFeature", get: () => [] } },
  ServerFeature: own(["name", "isEnabled"]),
  User: {
    ...own(["id", "name", "username", "email", "entity", "admin", "flags"]),
    teams: { type: "TeamConnection", get: () => ({}) },
    apiKeys: { type: "ApiKeyConnection", get: () => ({}) },
  },
  TeamConnection: { edges: { type: "TeamEdge", get: () => [] } },
  TeamEdge: {},
  ApiKeyConnection: { edges: { type: "ApiKeyEdge", get: () => [] } },
  ApiKeyEdge: {},
  Project: {
    id: plain("UHJvamVjdDo0NzEx"),
    internalId: plain("4711"),
    name: own(["name"]).name ?? plain(null),
    entityName: plain("bench"),
    readOnly: plain(false),
    runCount: { get: (/** @type {Project} */ project, { filters }) => matching(project, filters).count },
    runs: {
      type: "RunConnection",
      get: (/** @type {Project} */ project, args) => connectionOf(project, args),
    },
    run: RUN,
    bucket: RUN,
  },
  RunConnection: {
    totalCount: own(["count"]).count ?? plain(null),
    pageInfo: { type: "PageInfo", get: (connection) => connection },
    edges: {
      type: "RunEdge",
      get: (/** @type {Connection} */ { runs, start }) =>
        [...runs].map((index, at) => ({ cursor: cursorOf(start + at), index, heavy: false })),
    },
  },
  PageInfo: {
    hasNextPage: { get: (/** @type {Connection} */ { count, end }) => end < count },
    hasPreviousPage: { get: (/** @type {Connection} */ { start }) => start > 0 },
    startCursor: {
      get: (/** @type {Connection} */ { start, end }) => (end > start ? cursorOf(start) : null),
    },
    endCursor: {
      get: (/** @type {Connection} */ { start, end }) => (end > start ? cursorOf(end - 1) : null),
    },
  },
  RunEdge: { cursor: own(["cursor"]).cursor ?? plain(null), node: { type: "Run", get: (edge) => edge } },
  Run: {
    ...Object.fromEntries(
      Object.keys(lightFields(0)).map((name) => [
        name,
        { get: (/** @type {Run} */ run) => /** @type {any} */ (lightOf(run))[name] },
      ]),
    ),
    name: { get: (/** @type {Run} */ { index }) => idOf(index) },
    user: { type: "User", get: (/** @type {Run} */ run) => lightOf(run).user },
    sweep: { type: "Sweep", get: () => null },
    config: {
      get: (/** @type {Run} */ run, { keys }, cost) => {
        cost.readHeavy(run);
        return pieces.config(run.index, keys);
      },
    },
    summaryMetrics: {
      get: (/** @type {Run} */ run, { keys }, cost) => {
        cost.readHeavy(run);
        return pieces.summary(run.index, keys);
      },
    },
    systemMetrics: {
      get: (/** @type {Run} */ run, _, cost) => {
        cost.readHeavy(run);
        return pieces.systemMetrics(run.index);
      },
    },
    historyKeys: plain(HISTORY_KEYS),
    history: {
      get: (/** @type {Run} */ { index }, { samples }, cost) => {
        cost.histories++;
        return pieces.history(index, samples ?? 500);
      },
    },
    events: {
      get: (/** @type {Run} */ { index }, { samples }, cost) => {
        cost.histories++;
        return pieces.events(index, samples ?? 500);
      },
    },
    sampledHistory: {
      get: (/** @type {Run} */ { index }, { specs }, cost) => {
        const parsed = specs.map(readSpec);
        cost.histories += parsed.length; // each spec is a reading of the run's history
        return pieces.sampledHistory(index, parsed);
      },
    },
  },
  Sweep: own(["id", "name", "displayName", "state", "config"]),
};

const VIEWER = {
  id: "VXNlcjox",
  name: "Bench",
  username: "bench",
  email: "bench@example.org",
  entity: "bench",
  admin: false,
  flags: "{}",
};

/** `runs-2000` is a project of 2,000 runs. @param {unknown} name @returns {Project | null} */
function projectOf(name) {
  const size = /^runs-(\d{1,6})$/.exec(String(name))?.[1];
  return size === undefined ? null : { name: String(name), size: Number(size) };
}

/**
 * @param {Project} project
 * @param {unknown} filters - JSON text: nothing, or `{"name": {"$in": [...]}}`
 * @returns {{ count: number, indexAt: (at: number) => number }}
 */
function matching({ size }, filters) {
  const asked = typeof filters === "string" && filters !== "" ? JSON.parse(filters) : {};
  const fields = Object.keys(asked ?? {});
  if (fields.length === 0) return { count: size, indexAt: (at) => at };
  const ids = asked.name?.$in;
  if (fields.length !== 1 || !Array.isArray(ids)) {
    throw new QueryError(`The benchmark's server filters by {"name": {"$in": [...]}} only, not ${filters}.`);
  }
  const indexes = [...new Set(ids.map(indexOf))].filter((index) => index < size).sort((a, b) => a - b);
  return { count: indexes.length, indexAt: (at) => indexes[at] ?? 0 };
}

/** @param {Project} project @param {Record<string, any>} args @returns {Connection} */
function connectionOf(project, { filters, first, after }) {
  const { count, indexAt } = matching(project, filters);
  const start = Math.min(count, after ? offsetOf(after) + 1 : 0);
  const end = Math.min(count, start + Math.min(first ?? 50, LARGEST_PAGE));
  return { runs: Array.from({ length: end - start }, (_, at) => indexAt(start + at)), count, start, end };
}

/** @param {number} offset */
const cursorOf = (offset) => Buffer.from(`arrayconnection:${offset}`).toString("base64");

/** @param {string} cursor */
function offsetOf(cursor) {
  const offset = /^arrayconnection:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (offset === undefined) throw new QueryError(`${cursor} is no cursor of this server.`);
  return Number(offset);
}

/** @param {string} text */
function readSpec(text) {
  const { keys, samples } = JSON.parse(text);
  if (!Array.isArray(keys)) throw new QueryError(`A spec without keys: ${text}`);
  return { keys, samples: samples ?? 500 };
}
