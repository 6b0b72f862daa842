// Who does each kind of work, and who is compared with whom.

import { FRAME_KEYS } from "../feed/metrics.mjs";
import { KEYS } from "./work.mjs";

/**
 * @import { UsualKind } from "./plan.mjs"
 * @import { Client } from "./processes.mjs"
 *
 * @typedef {object} Contender
 * @property {string} id
 * @property {string} who - as the report calls it
 * @property {Client} client
 * @property {string} work
 * @property {readonly string[]} [keys]
 * @property {number} repeats
 * @property {readonly string[]} [against] - contenders of the group it is compared with
 * @property {boolean} [warm] - whether what it reads is in the cache before the clock starts
 * @property {boolean} [packed] - whether the answers that it is fed with come compressed
 * @property {"rows" | "runs" | undefined} unit - what it counts; it must have read all there are
 * @property {boolean} [hasOwnPieces] - of the reference: it asks for what Lazyruns leaves at the server
 * @property {boolean} [makesNoPieces] - it asks for nothing that the server has to make first
 * @property {string} [reads] - contenders with the same word must have read the same values
 */

/** @typedef {{ ours: number, reference: number }} Repeats */

/** The floor parses nothing, so it has nothing to count. @param {string} work @returns {Contender["unit"]} */
function unitOf(work) {
  if (work === "floor") return undefined;
  return /^(histories|stream|pool|one-a-run)/.test(work) ? "rows" : "runs";
}

/** @typedef {(work: string, more?: Partial<Contender>) => Contender} MakeContender */

/**
 * @param {Repeats} repeats
 * @returns {Record<UsualKind, Contender[]>}
 */
export function contendersOf(repeats) {
  const common = (/** @type {string} */ work) => ({ work, unit: unitOf(work), repeats: repeats.ours });
  /** @type {MakeContender} */
  const ours = (work, more) => ({
    ...common(work),
    id: `ours ${work}`,
    client: "ours",
    who: "Lazyruns",
    ...more,
  });
  /** @type {MakeContender} */
  const reference = (work, more) => ({
    ...common(work),
    id: `reference ${work}`,
    client: "reference",
    who: "Python",
    repeats: repeats.reference,
    ...more,
  });
  /** @type {MakeContender} */
  const raw = (work, more) => ({ ...common(work), id: work, client: "raw", who: work, ...more });

  const keys = KEYS;
  const reads = "rows";
  const table = { reads, who: "Lazyruns, to a table" };
  const pool = reference("pool", { keys, reads, who: "Python, a user's thread pool of 10, 1000 a page" });
  const oneARun = raw("one-a-run", { keys, reads, who: "bare client, a request a run, 10 in flight" });
  const floor = raw("floor", { who: "floor: bare client that receives and gunzips, 50 a batch" });
  const whole = reference("histories", { reads, who: "Python, to rows" });
  const frames = framesOf(repeats);
  const slow = [ours("histories-table", { ...table, keys, against: [oneARun.id, pool.id] }), oneARun, pool];
  return {
    "histories-3": [
      ours("histories-table", { ...table, keys, against: [whole.id, pool.id, floor.id] }),
      ours("histories-rows", { keys, reads, who: "Lazyruns, to rows", against: [whole.id, pool.id] }),
      ours("stream", { keys, who: "Lazyruns, `historyStream`" }),
      { ...floor, keys },
      pool,
      { ...whole, keys },
    ],
    "histories-all": [
      ours("histories-table", { ...table, against: [whole.id, floor.id] }),
      ours("histories-rows", { reads, who: "Lazyruns, to rows", against: [whole.id] }),
      floor,
      whole,
    ],
    upgrade: [
      ours("upgrade", { reads: "heavy fields", against: ["reference upgrade"] }),
      reference("upgrade", { reads: "heavy fields" }),
    ],
    listing: [
      ours("list", { reads: "runs", who: "Lazyruns, default settings", against: ["reference list"] }),
      reference("list", { reads: "runs", who: "Python, default settings" }),
      ours("list-1000", { reads: "runs", who: "Lazyruns, 1000 a page", against: ["reference list-1000"] }),
      reference("list-1000", { reads: "runs", who: "Python, 1000 a page" }),
    ],
    configs: [
      ours("configs", { reads: "configs", against: ["reference configs"] }),
      reference("configs", { reads: "configs" }),
    ],
    table: [
      ours("table", {
        reads: "chosen keys",
        who: "Lazyruns, `runs.table`",
        against: ["reference table", "reference table-1000"],
      }),
      reference("table", {
        reads: "chosen keys",
        who: "Python, `lazy=False`, default page size",
        hasOwnPieces: true,
      }),
      reference("table-1000", { reads: "chosen keys", who: "Python, `lazy=False`, 1000 a page" }),
    ],
    "slow-200ms": slow,
    "slow-4-workers": slow,
    "slow-4-workers-50ms": slow,
    "frames-keys": frames(FRAME_KEYS),
    "frames-all": frames(undefined),
    growth: [
      ours("list", { who: "listing" }),
      ours("pages", { who: "`pages({ keep: false })`" }),
      ours("histories-table", { keys, who: "histories of 3 keys, to a table" }),
      ours("stream", { keys, who: "`historyStream`, 3 keys" }),
    ],
  };
}

/**
 * Frames from prepared answers. All of them are quick, so Python is measured as often as Lazyruns.
 *
 * @param {Repeats} repeats
 * @returns {(keys: readonly string[] | undefined) => Contender[]}
 */
function framesOf({ ours: repeats }) {
  return (keys) => {
    const setting = { repeats, ...(keys && { keys }) };
    const common = { ...setting, unit: /** @type {const} */ ("rows"), reads: "rows" };
    const ours = (
      /** @type {string} */ work,
      /** @type {string} */ who,
      /** @type {string[]} */ ...against
    ) => ({
      ...common,
      ...{ id: `ours ${work}`, client: /** @type {const} */ ("frames"), work, who, against },
    });
    const reference = (/** @type {string} */ work) => ({
      ...common,
      ...{ id: `reference ${work}`, client: /** @type {const} */ ("reference-frames"), work },
      who: `Python, to ${work}`,
    });
    const [pandas, polars] = [reference("pandas"), reference("polars")];
    const toPolars = ours("polars", "Lazyruns, to polars", pandas.id, polars.id);
    return [
      toPolars,
      { ...toPolars, id: "ours polars packed", who: "Lazyruns, to polars, from gzip", packed: true },
      ours("danfo", "Lazyruns, to danfo", pandas.id),
      ours("arrow", "Lazyruns, to Arrow", pandas.id, polars.id),
      ours("table", "Lazyruns, to a table"),
      {
        ...setting,
        ...{ id: "feed", client: "frames", work: "feed", unit: "runs" },
        who: "feeding alone: a bare client that drops the answers",
      },
      {
        ...setting,
        ...{ id: "feed packed", client: "frames", work: "feed", unit: "runs", packed: true },
        who: "feeding alone, gzip that isn't unpacked",
      },
      polars,
      pandas,
    ];
  };
}
