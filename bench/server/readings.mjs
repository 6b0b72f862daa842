// The fields that hold rows: which rows are asked for, what they are, and what reading them costs.

import { Joined } from "./gzip.mjs";
import { EVENTS, ROWS, STRIDE } from "./history.mjs";
import { longList } from "./long-pieces.mjs";
import { LONG_NAMES } from "./long-run.mjs";
import * as pieces from "./pieces.mjs";
import { QueryError } from "./query.mjs";

/**
 * @import { Stretch } from "./long-pieces.mjs"
 * @import { Run } from "./schema.mjs"
 * @import { Cost } from "./waits.mjs"
 * @typedef {{ keys: readonly string[], samples: number, stretch: Stretch }} Spec
 */

const USUAL_SAMPLES = 500;

/**
 * `history(minStep, maxStep, samples)`: the last step isn't read.
 *
 * @param {Run} run
 * @param {Record<string, any>} args
 * @param {Cost} cost
 */
export function historyRead(run, { minStep, maxStep, samples }, cost) {
  const most = samples ?? USUAL_SAMPLES;
  const stretch = stretchOf(run, minStep, maxStep);
  cost.read(`history ${run.index} ${stretch.start} ${stretch.end}`, rowsOf(stretch, most));
  return run.project.rows === undefined
    ? pieces.history(run.index, most, stretch)
    : longList(stretch, most, null);
}

/** @param {Run} run @param {Record<string, any>} args @param {Cost} cost */
export function eventsRead({ index }, { samples }, cost) {
  const most = samples ?? USUAL_SAMPLES;
  cost.read(`events ${index}`, Math.min(EVENTS, most));
  return pieces.events(index, most);
}

/**
 * `sampledHistory(specs)`: each spec is a reading of its own. Here the last step is read.
 *
 * @param {Run} run
 * @param {Record<string, any>} args
 * @param {Cost} cost
 */
export function sampledHistoryRead(run, { specs }, cost) {
  /** @type {Spec[]} */
  const parsed = specs.map((/** @type {string} */ text) => readSpec(run, text));
  for (const { keys, samples, stretch } of parsed) {
    cost.read(`sampled ${run.index} ${keys} ${stretch.start} ${stretch.end}`, rowsOf(stretch, samples));
  }
  if (run.project.rows === undefined) return pieces.sampledHistory(run.index, parsed);
  const lists = parsed.map(({ keys, samples, stretch }) =>
    keys.every((key) => LONG_NAMES.includes(key)) ? longList(stretch, samples, keys).parts : ["[]"],
  );
  return new Joined(["[", ...lists.flatMap((parts, at) => (at === 0 ? parts : [",", ...parts])), "]"]);
}

/** @param {Run} run @param {string} text @returns {Spec} */
function readSpec(run, text) {
  const { keys, samples, minStep, maxStep } = JSON.parse(text);
  if (!Array.isArray(keys)) throw new QueryError(`A spec without keys: ${text}`);
  const behind = maxStep === undefined || maxStep === null ? undefined : maxStep + 1;
  return {
    keys: [...new Set(keys)],
    samples: samples ?? USUAL_SAMPLES,
    stretch: stretchOf(run, minStep, behind),
  };
}

/**
 * The rows of steps. Where rows are exported, steps find none: the file has them.
 *
 * @param {Run} run
 * @param {number | null | undefined} minStep
 * @param {number | null | undefined} maxStep - not among them
 * @returns {Stretch}
 */
function stretchOf({ project }, minStep, maxStep) {
  const rows = project.rows ?? ROWS;
  const stride = project.rows === undefined ? STRIDE : 1;
  const hasSteps = typeof minStep === "number" || typeof maxStep === "number";
  if (project.isExported && hasSteps) return { start: 0, end: 0 };
  const start = Math.min(rows, Math.max(0, Math.ceil((minStep ?? 0) / stride)));
  const end = Math.min(rows, Math.max(start, Math.ceil((maxStep ?? rows * stride) / stride)));
  return { start, end };
}

/** @param {Stretch} stretch @param {number} samples */
const rowsOf = ({ start, end }, samples) => Math.min(end - start, samples);
