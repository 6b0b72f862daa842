// The speed that must be reached, and what of it was. What isn't reached is said by how much.

import { atLeast, atMost, rowOf, settingOf, sizeOf } from "./judging.mjs";
import { judgeScale } from "./scale-targets.mjs";

/**
 * @import { Target } from "./judging.mjs"
 * @import { GroupResult } from "./measure-group.mjs"

 */

const TABLE = "ours histories-table";
const ROWS = "ours histories-rows";
const WHOLE = "reference histories";

/**
 * Times faster than the contender, by kind of work, who is faster, than whom, and the delay; at a project's size (or
 * that of its one history), and with what is aimed at beyond it.
 *
 * @type {readonly { kind: string, ours: string, than: string, times: Record<number, number>, runs?: number,
 *   aim?: number }[]}
 */
export const RATIOS = [
  { kind: "histories-3", ours: TABLE, than: WHOLE, times: { 20: 60, 80: 150 } },
  { kind: "histories-3", ours: ROWS, than: WHOLE, times: { 20: 42, 80: 120 } },
  { kind: "histories-3", ours: TABLE, than: "reference pool", times: { 20: 8, 80: 15 } },
  { kind: "histories-all", ours: TABLE, than: WHOLE, times: { 20: 45, 80: 120 } },
  { kind: "histories-all", ours: ROWS, than: WHOLE, times: { 20: 25, 80: 80 } },
  { kind: "upgrade", ours: "ours upgrade", than: "reference upgrade", times: { 20: 20, 80: 40 } },
  { kind: "listing", ours: "ours list", than: "reference list", times: { 20: 11, 80: 11 } },
  { kind: "configs", ours: "ours configs", than: "reference configs", times: { 20: 100, 80: 300 } },
  { kind: "frames-keys", ours: "ours polars", than: "reference pandas", times: { 0: 6 }, runs: 500, aim: 8 },
  {
    kind: "frames-keys",
    ours: "ours polars",
    than: "reference polars",
    times: { 0: 4.5 },
    runs: 500,
    aim: 6,
  },
  { kind: "frames-all", ours: "ours polars", than: "reference pandas", times: { 0: 8 }, runs: 500, aim: 10 },
  { kind: "frames-all", ours: "ours polars", than: "reference polars", times: { 0: 6 }, runs: 500, aim: 8 },
  { kind: "scale-scan-pages", ours: "ours table", than: "reference scan", times: { 20: 5 }, runs: 100_000 },
  { kind: "scale-scan-pages", ours: "ours table", than: "reference scan", times: { 20: 5 }, runs: 1_000_000 },
  { kind: "scale-scan-pages", ours: "ours polars", than: "reference scan", times: { 20: 5 }, runs: 100_000 },
  { kind: "scale-scan-pages", ours: "ours keys", than: "reference keys", times: { 20: 5 }, runs: 100_000 },
  { kind: "frames-keys", ours: "ours danfo", than: "reference pandas", times: { 0: 2 }, runs: 500 },
  { kind: "frames-all", ours: "ours danfo", than: "reference pandas", times: { 0: 2 }, runs: 500 },
];

/** The project's size that ratios are meant for, unless they say another. */
const RUNS = 2_000;

/**
 * The ratio of medians that is asked for, if one is.
 *
 * @param {{ kind: string, runs: number, historyRows?: number, model: { delayMs: number } }} group
 * @param {string} ours
 * @param {string} than
 * @returns {number | undefined}
 */
export function ratioTarget(group, ours, than) {
  return ratiosOf(group).find((it) => it.ours === ours && it.than === than)?.times[group.model.delayMs];
}

/** @param {{ kind: string, runs: number, historyRows?: number }} group */
const ratiosOf = (group) =>
  RATIOS.filter(({ kind, runs = RUNS }) => kind === group.kind && runs === sizeOf(group));

/**
 * Everything that was asked for and can be told from these results.
 *
 * @param {readonly GroupResult[]} groups
 * @returns {Target[]}
 */
export function judge(groups) {
  return groups.flatMap((group) => [
    ...judgeRatios(group),
    ...judgeFirstResult(group),
    ...judgeAgainstFloor(group),
    ...judgeSlow(group),
    ...judgeBounds(group),
    ...judgeGrowth(group, groups),
    ...judgeScale(group, groups),
  ]);
}

/** @param {GroupResult} group @returns {Target[]} */
function judgeRatios(group) {
  return ratiosOf(group).flatMap(({ ours, than, times: asked, aim }) => {
    const target = asked[group.model.delayMs];
    const row = group.rows.find(({ id }) => id === ours);
    const other = group.rows.find(({ id }) => id === than);
    if (target === undefined || row === undefined || other === undefined) return [];
    const what = `${group.kind}: ${row.who} against ${other.who} (${settingOf(group)})`;
    const times =
      rowOf(group, ours)?.seconds && rowOf(group, than)?.seconds
        ? (other.seconds?.median ?? 0) / (row.seconds?.median ?? 0)
        : null;
    const judged = atLeast(what, times, target, " times");
    return [aim === undefined ? judged : { ...judged, target: `${judged.target} (aim: ${aim})` }];
  });
}

/**
 * The first history within a round trip, that run's own cost and 10 ms, whatever the number of runs.
 *
 * @param {GroupResult} group
 * @returns {Target[]}
 */
function judgeFirstResult(group) {
  const row = group.rows.find(({ id }) => id === "ours stream");
  if (row === undefined) return [];
  const { delayMs, historyMs = 2 } = group.model;
  const what = `${group.kind}: the first history of \`historyStream\` (${settingOf(group)})`;
  const first = rowOf(group, row.id)?.firstResultSeconds?.median;
  return [atMost(what, first === undefined ? null : 1000 * first, delayMs + historyMs + 10, " ms")];
}

/** @param {GroupResult} group @returns {Target[]} */
function judgeAgainstFloor(group) {
  const most = { "histories-3": 1.4, "histories-all": 1.7 }[group.kind];
  if (most === undefined || group.runs !== RUNS || group.model.delayMs !== 20) return [];
  const what = `${group.kind}: to a table, times as long as receiving and gunzipping (${settingOf(group)})`;
  const [table, floor] = [TABLE, "floor"].map((id) => rowOf(group, id)?.seconds?.median);
  return [atMost(what, table && floor ? table / floor : null, most, " times")];
}

/** @param {GroupResult} group @returns {Target[]} */
function judgeSlow(group) {
  if (!group.kind.startsWith("slow-")) return [];
  const [ours, oneARun] = [TABLE, "one-a-run"].map((id) => rowOf(group, id)?.seconds?.median);
  const what = `${group.kind}: time as a share of one request a run, 10 in flight (${settingOf(group)})`;
  return [atMost(what, ours && oneARun ? (100 * ours) / oneARun : null, 105, " %")];
}

/** Requests and memory. @param {GroupResult} group @returns {Target[]} */
function judgeBounds(group) {
  /** @type {Target[]} */
  const targets = [];
  const peak = (/** @type {string} */ id, /** @type {number} */ most) => {
    const row = group.rows.find((it) => it.id === id);
    const what = `${group.kind}: peak memory, ${row?.who} (${settingOf(group)})`;
    if (row) targets.push(atMost(what, rowOf(group, id)?.peakMB?.max ?? null, most, " MB"));
  };
  if (group.runs === RUNS && group.model.delayMs === 20) {
    if (group.kind === "histories-3") {
      peak(TABLE, 160);
      const requests = rowOf(group, TABLE)?.requests?.max ?? null;
      targets.push(atMost(`histories-3: requests, to a table (${settingOf(group)})`, requests, 100, ""));
    }
    if (group.kind === "histories-all") {
      peak(TABLE, 250);
      peak(ROWS, 600);
    }
  }
  if (group.fed !== undefined && group.runs === RUNS) {
    peak("ours polars", 300);
    peak("ours polars packed", 300);
  }
  if (group.kind === "growth" && group.runs >= RUNS) {
    peak("ours stream", 120);
    peak("ours pages", 120);
  }
  return targets;
}

/**
 * Ten times the runs take at most a little more than ten times as long.
 *
 * @param {GroupResult} group
 * @param {readonly GroupResult[]} groups
 * @returns {Target[]}
 */
function judgeGrowth(group, groups) {
  if (group.kind !== "growth" || group.runs <= RUNS) return [];
  const smaller = groups.find(({ kind, runs }) => kind === "growth" && runs === RUNS);
  return group.rows.flatMap((row) => {
    const [large, small] = [rowOf(group, row.id), rowOf(smaller, row.id)].map((it) => it?.seconds?.median);
    const what = `growth: ${row.who}, time a run at ${group.runs.toLocaleString("en")} as a share of that at 2,000`;
    return [atMost(what, large && small ? (100 * large * RUNS) / (small * group.runs) : null, 115, " %")];
  });
}
