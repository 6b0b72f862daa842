// What the scale figures must reach, beside ratios.

import { atMost, rowOf, settingOf, sizeOf } from "./judging.mjs";

/**
 * @import { GroupResult, Row } from "./measure-group.mjs"
 * @import { Target } from "./judging.mjs"
 */

/** What is asked at one size, as the most of a figure of a row. */
const MOST = [
  {
    ...{ kind: "scale-list", size: 10_000, id: "ours summaries-1000", most: 11, unit: "" },
    ...{ what: "requests", figure: (/** @type {Row} */ { requests }) => requests?.max },
  },
  {
    ...{ kind: "scale-export", size: 5_000, id: "ours export", most: 500, unit: " MB" },
    ...{ what: "peak memory", figure: (/** @type {Row} */ { peakMB }) => peakMB?.max },
  },
  {
    ...{ kind: "scale-export", size: 5_000, id: "ours killed", most: 500, unit: " MB" },
    ...{ what: "peak memory", figure: (/** @type {Row} */ { peakMB }) => peakMB?.max },
  },
];

/** The longest history, where polars itself is what a scan is measured against. */
const MOST_ROWS = 1_000_000;

/**
 * What must not grow, or not more than the size: a figure of a row as a share of what it is at a smaller size.
 *
 * @type {readonly { kind: string, id: string, from: number, to: number, what: string, most: number,
 *   figure: (row: Row, size: number) => number | undefined }[]}
 */
const GROWTH = [
  peakGrowth("scale-list", "ours pages-1000", 10_000, 20_000),
  peakGrowth("scale-scan-parquet", "warm polars", 100_000, 1_000_000),
  peakGrowth("scale-scan-pages", "ours table", 100_000, 1_000_000),
  timeGrowth("scale-scan-pages", "ours table", 100_000, 1_000_000),
  timeGrowth("scale-export", "ours export", 1_000, 5_000),
];

/** @param {string} kind @param {string} id @param {number} from @param {number} to */
function peakGrowth(kind, id, from, to) {
  const figure = (/** @type {Row} */ { peakMB }) => peakMB?.max;
  return { kind, id, from, to, what: "peak memory", most: kind === "scale-list" ? 115 : 150, figure };
}

/** @param {string} kind @param {string} id @param {number} from @param {number} to */
function timeGrowth(kind, id, from, to) {
  const figure = (/** @type {Row} */ { seconds }, /** @type {number} */ size) =>
    seconds === null ? undefined : seconds.median / size;
  return { kind, id, from, to, what: `time a ${kind === "scale-export" ? "run" : "row"}`, most: 115, figure };
}

/**
 * @param {GroupResult} group
 * @param {readonly GroupResult[]} groups
 * @returns {Target[]}
 */
export function judgeScale(group, groups) {
  return [
    ...judgeMost(group),
    ...judgeAgainstPolars(group),
    ...judgeScaling(group, groups),
    ...judgeResume(group),
  ];
}

/** @param {GroupResult} group @param {string} id @param {string} what */
const named = (group, id, what) =>
  `${group.kind}: ${what}, ${group.rows.find((row) => row.id === id)?.who} (${settingOf(group)})`;

/** @param {GroupResult} group @returns {Target[]} */
function judgeMost(group) {
  return MOST.filter(({ kind, size }) => kind === group.kind && size === sizeOf(group)).map(
    ({ id, most, unit, what, figure }) => {
      const row = rowOf(group, id);
      return atMost(named(group, id, what), (row && figure(row)) ?? null, most, unit);
    },
  );
}

/** @param {GroupResult} group @returns {Target[]} */
function judgeAgainstPolars(group) {
  if (group.kind !== "scale-scan-parquet" || sizeOf(group) !== MOST_ROWS || group.model.delayMs > 0)
    return [];
  const [ours, itself] = ["warm polars", "polars-itself"].map((id) => rowOf(group, id)?.seconds?.median);
  const what = named(group, "warm polars", "times as long as polars itself");
  return [atMost(what, ours && itself ? ours / itself : null, 1.5, " times")];
}

/** @param {GroupResult} group @param {readonly GroupResult[]} groups @returns {Target[]} */
function judgeScaling(group, groups) {
  return GROWTH.filter(({ kind, to }) => kind === group.kind && to === sizeOf(group)).flatMap(
    ({ id, from, to, what, most, figure }) => {
      const smaller = groups.find(
        ({ kind, model, ...it }) =>
          kind === group.kind && model.delayMs === group.model.delayMs && sizeOf(it) === from,
      );
      if (smaller === undefined) return [];
      const [row, other] = [rowOf(group, id), rowOf(smaller, id)];
      const [large, small] = [row && figure(row, to), other && figure(other, from)];
      const name = named(group, id, `${what} as a share of that at ${from.toLocaleString("en")}`);
      return [atMost(name, large && small ? (100 * large) / small : null, most, " %")];
    },
  );
}

/**
 * That the datasets are the same is checked before a row has a figure; what is asked here is that as many were killed.
 *
 * @param {GroupResult} group
 * @returns {Target[]}
 */
function judgeResume(group) {
  const [row, whole] = ["ours killed", "ours export"].map((id) => rowOf(group, id));
  if (
    group.kind !== "scale-export" ||
    sizeOf(group) !== 5_000 ||
    !group.rows.some(({ id }) => id === "ours killed")
  ) {
    return [];
  }
  const kills = row && whole ? row.figures.kills?.median : undefined;
  return [
    {
      what: named(group, "ours killed", "the same rows, each once, as made without interruption"),
      target: "5 kills, the same dataset",
      measured: kills === undefined ? "no figure" : `${kills} kills, the same dataset`,
      reached: kills === undefined ? null : kills === 5,
      missedBy: kills === undefined || kills === 5 ? "" : `${5 - kills} kills`,
    },
  ];
}
