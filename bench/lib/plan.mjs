// What is measured: kinds of work, each in some settings, each by some contenders.

import { KEYS } from "./work.mjs";

/**
 * @import { Client } from "./processes.mjs"
 * @import { Model } from "../server/waits.mjs"
 *
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} who - as the report calls it
 * @property {Client} client
 * @property {string} work
 * @property {readonly string[]} [keys]
 * @property {number} repeats
 * @property {readonly string[]} [against] - contenders of the group it is compared with
 * @property {string} [reads] - contenders with the same word must have read the same values
 *
 * @typedef {object} Group contenders that are measured in turns on one setting
 * @property {string} id - `kind/runs/delay`, what `--only` looks at
 * @property {string} kind
 * @property {number} runs
 * @property {Partial<Model> & { delayMs: number }} model
 * @property {readonly Contender[]} contenders
 */

/** The kinds of work in the report's order, with their headings. */
export const KINDS = {
  "histories-3": "Histories of 3 keys",
  "histories-all": "Histories of all keys",
  upgrade: "Upgrade to full of loaded runs",
  listing: "Listing",
  configs: "Lazy listing, then every config in a loop",
  table: "One row a run: 3 config keys and 3 summary keys",
  "slow-200ms": "Slow server: 200 ms a history",
  "slow-4-workers": "Slow server: 4 workers, 2 ms a history",
  "slow-4-workers-50ms": "Slow server: 4 workers, 50 ms a history",
  growth: "Growth, Lazyruns alone",
};

/** @typedef {keyof typeof KINDS} Kind */

const DELAYS = [0, 20, 80];

/**
 * @param {{ quick?: boolean }} [options] - quick: fewer settings, fewer repeats
 * @returns {Group[]}
 */
export function plan({ quick = false } = {}) {
  const make = contendersOf(quick ? { ours: 3, reference: 1 } : { ours: 5, reference: 3 });
  const group = (
    /** @type {Kind} */ kind,
    /** @type {number} */ runs,
    /** @type {Group["model"]} */ model,
  ) => ({
    id: `${kind}/${runs}/${model.delayMs}`,
    kind,
    runs,
    model,
    contenders: make[kind],
  });
  const usual = /** @type {const} */ ([
    "histories-3",
    "histories-all",
    "upgrade",
    "listing",
    "configs",
    "table",
  ]);
  /** @type {Group[]} */
  const groups = [];
  for (const delayMs of quick ? [20] : DELAYS) {
    for (const kind of usual) {
      // What the reference needs half a minute for at 80 ms is shown for the larger project only.
      const heavy = kind === "histories-all" || kind === "configs";
      if (!heavy || delayMs === 20) groups.push(group(kind, 200, { delayMs }));
      if (!heavy || !quick) groups.push(group(kind, 2_000, { delayMs }));
    }
  }
  groups.push(group("slow-200ms", 200, { delayMs: 20, historyMs: 200 }));
  groups.push(group("slow-4-workers", quick ? 200 : 2_000, { delayMs: 20, workers: 4 }));
  if (!quick) groups.push(group("slow-4-workers-50ms", 200, { delayMs: 20, workers: 4, historyMs: 50 }));
  for (const runs of quick ? [200, 2_000] : [200, 2_000, 20_000])
    groups.push(group("growth", runs, { delayMs: 20 }));
  return groups;
}

/**
 * @param {{ ours: number, reference: number }} repeats
 * @returns {Record<Kind, Contender[]>}
 */
function contendersOf(repeats) {
  const ours = (/** @type {string} */ work, /** @type {Partial<Contender>} */ more = {}) => ({
    ...{
      id: `ours ${work}`,
      who: "Lazyruns",
      client: /** @type {const} */ ("ours"),
      work,
      repeats: repeats.ours,
    },
    ...more,
  });
  const reference = (/** @type {string} */ work, /** @type {Partial<Contender>} */ more = {}) => ({
    ...{ id: `reference ${work}`, who: "Python", client: /** @type {const} */ ("reference"), work },
    ...{ repeats: repeats.reference, ...more },
  });
  const raw = (/** @type {string} */ work, /** @type {Partial<Contender>} */ more = {}) => ({
    ...{ id: work, who: work, client: /** @type {const} */ ("raw"), work, repeats: repeats.ours, ...more },
  });
  const keys = KEYS;
  const rows = "rows";
  const pool = reference("pool", { keys, reads: rows, who: "Python, a user's thread pool of 10" });
  const oneARun = raw("one-a-run", { keys, reads: rows, who: "bare client, a request a run, 10 in flight" });
  const floor = raw("floor", { who: "floor: bare client that receives and gunzips, 50 a batch" });
  const slow = [
    ours("histories-table", {
      keys,
      reads: rows,
      who: "Lazyruns, to a table",
      against: [oneARun.id, pool.id],
    }),
    oneARun,
    pool,
  ];
  return {
    "histories-3": [
      ours("histories-table", {
        ...{ keys, reads: rows, who: "Lazyruns, to a table" },
        against: ["reference histories", pool.id, floor.id],
      }),
      ours("histories-rows", {
        keys,
        reads: rows,
        who: "Lazyruns, to rows",
        against: ["reference histories", pool.id],
      }),
      ours("stream", { keys, who: "Lazyruns, `historyStream`" }),
      { ...floor, keys },
      pool,
      reference("histories", { keys, reads: rows, who: "Python, to rows" }),
    ],
    "histories-all": [
      ours("histories-table", {
        ...{ reads: rows, who: "Lazyruns, to a table" },
        against: ["reference histories", floor.id],
      }),
      ours("histories-rows", { reads: rows, who: "Lazyruns, to rows", against: ["reference histories"] }),
      floor,
      reference("histories", { reads: rows, who: "Python, to rows" }),
    ],
    upgrade: [
      ours("upgrade", { reads: "heavy fields", against: ["reference upgrade"] }),
      reference("upgrade", { reads: "heavy fields" }),
    ],
    listing: [
      ours("list", { reads: "listing", who: "Lazyruns, default settings", against: ["reference list"] }),
      reference("list", { reads: "listing", who: "Python, default settings" }),
      ours("list-1000", { reads: "listing", who: "Lazyruns, 1000 a page", against: ["reference list-1000"] }),
      reference("list-1000", { reads: "listing", who: "Python, 1000 a page" }),
    ],
    configs: [
      ours("configs", { reads: "configs", against: ["reference configs"] }),
      reference("configs", { reads: "configs" }),
    ],
    table: [
      ours("table", {
        ...{ reads: "table", who: "Lazyruns, `runs.table`" },
        against: ["reference table", "reference table-1000"],
      }),
      reference("table", { reads: "table", who: "Python, `lazy=False`, default page size" }),
      reference("table-1000", { reads: "table", who: "Python, `lazy=False`, 1000 a page" }),
    ],
    "slow-200ms": slow,
    "slow-4-workers": slow,
    "slow-4-workers-50ms": slow,
    growth: [
      ours("list", { who: "listing" }),
      ours("pages", { who: "`pages({ keep: false })`" }),
      ours("histories-table", { keys, who: "histories of 3 keys, to a table" }),
      ours("stream", { keys, who: "`historyStream`, 3 keys" }),
    ],
  };
}
