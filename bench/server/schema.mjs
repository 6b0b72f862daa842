// The few types and fields that readers of runs ask for. Anything else is refused by name, never answered emptily.

import { exportUrlsOf } from "./exports.mjs";
import { historyKeysOf, idOf, indexOf, lightFields } from "./fields.mjs";
import * as pieces from "./pieces.mjs";
import { QueryError } from "./query.mjs";
import { eventsRead, historyRead, sampledHistoryRead } from "./readings.mjs";

/**
 * @import { Cost } from "./waits.mjs"
 * @typedef {object} Field
 * @property {string} [type] - of an object, whose own fields are asked for
 * @property {(parent: any, args: Record<string, any>, cost: Cost) => unknown} get - a scalar, a `Piece` that holds
 *   its JSON, an object of the type, or a list of such
 * @typedef {object} Project
 * @property {string} name
 * @property {number} size - runs
 * @property {number} [rows] - of the long history of its one run
 * @property {boolean} isExported - whether that is in a Parquet file, and not in pages any more
 * @typedef {object} Run
 * @property {Project} project
 * @property {number} index
 * @property {boolean} heavy - whether its config or summary was read for this answer
 * @property {ReturnType<typeof lightFields>} [light]
 * @typedef {{ project: Project, runs: Iterable<number>, count: number, start: number, end: number }} Connection
 */

const LARGEST_PAGE = 1_000;

const plain = (/** @type {unknown} */ value) => ({ get: () => value });

/** @param {readonly string[]} names @returns {Record<string, Field>} */
const own = (names) => Object.fromEntries(names.map((name) => [name, { get: (parent) => parent[name] }]));

const lightOf = (/** @type {Run} */ run) => {
  run.light ??= lightFields(run.index, run.project.rows);
  return run.light;
};

/** @type {Field} */
const PROJECT = { type: "Project", get: (_, { name }) => projectOf(name) };

/** @type {Field} */
const RUN = {
  type: "Run",
  get: (/** @type {Project} */ project, { name }) => {
    const index = indexOf(name);
    return index < project.size ? { project, index, heavy: false } : null;
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
      get: (/** @type {Connection} */ { project, runs, start }) =>
        [...runs].map((index, at) => ({ cursor: cursorOf(start + at), project, index, heavy: false })),
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
    historyKeys: { get: (/** @type {Run} */ { project }) => historyKeysOf(project.rows) },
    history: { get: historyRead },
    events: { get: eventsRead },
    sampledHistory: { get: sampledHistoryRead },
    parquetHistory: {
      type: "ParquetHistory",
      get: (/** @type {Run} */ { project }) => ({ parquetUrls: exportUrlsOf(project), liveData: [] }),
    },
  },
  ParquetHistory: own(["parquetUrls", "liveData"]),
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

/**
 * `runs-2000` is a project of 2,000 runs; `long-1000000` of one run of a million rows, which are all in pages;
 * `exported-1000000` of the same run when all its rows are in a Parquet file.
 *
 * @param {unknown} name
 * @returns {Project | null}
 */
function projectOf(name) {
  const [, kind, digits] = /^(runs|long|exported)-(\d{1,7})$/.exec(String(name)) ?? [];
  if (kind === undefined) return null;
  const count = Number(digits);
  const shape = kind === "runs" ? { size: count } : { size: 1, rows: count };
  return { name: String(name), isExported: kind === "exported", ...shape };
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
  const runs = Array.from({ length: end - start }, (_, at) => indexAt(start + at));
  return { project, runs, count, start, end };
}

/** @param {number} offset */
const cursorOf = (offset) => Buffer.from(`arrayconnection:${offset}`).toString("base64");

/** @param {string} cursor */
function offsetOf(cursor) {
  const offset = /^arrayconnection:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (offset === undefined) throw new QueryError(`${cursor} is no cursor of this server.`);
  return Number(offset);
}
