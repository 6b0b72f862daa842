// A figure held against what was asked for.

/**
 * @import { GroupResult } from "./measure-group.mjs"
 *
 * @typedef {object} Target
 * @property {string} what
 * @property {string} target - in words
 * @property {string} measured
 * @property {boolean | null} reached - null when there is no figure
 * @property {string} missedBy - empty when it is reached
 */

/** How large a setting is. @param {{ runs: number, historyRows?: number }} group */
export const sizeOf = ({ runs, historyRows }) => historyRows ?? runs;

export const settingOf = (/** @type {GroupResult} */ { model, fed, ...group }) =>
  `${sizeOf(group).toLocaleString("en")} ${group.historyRows === undefined ? "runs" : "rows"}${fed === undefined ? `, ${model.delayMs} ms` : ""}`;

export const rowOf = (/** @type {GroupResult | undefined} */ group, /** @type {string} */ id) =>
  group?.rows.find((row) => row.id === id && row.error === null);

/** @param {number} value */
const short = (value) =>
  value.toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: value >= 1000 });

/** @param {string} what @param {number | null} measured @param {number} target @param {string} unit @returns {Target} */
export function atLeast(what, measured, target, unit) {
  const reached = measured === null ? null : measured >= target;
  const missedBy = measured !== null && !reached ? `${Math.ceil(100 * (1 - measured / target))} %` : "";
  return { ...shared(what, measured, unit), target: `at least ${target}${unit}`, reached, missedBy };
}

/** @param {string} what @param {number | null} measured @param {number} target @param {string} unit @returns {Target} */
export function atMost(what, measured, target, unit) {
  const reached = measured === null ? null : measured <= target;
  const missedBy = measured !== null && !reached ? `${Math.ceil(100 * (measured / target - 1))} %` : "";
  return { ...shared(what, measured, unit), target: `at most ${target}${unit}`, reached, missedBy };
}

/** @param {string} what @param {number | null} measured @param {string} unit */
const shared = (what, measured, unit) => ({
  what,
  measured: measured === null ? "no figure" : short(measured) + unit,
});
