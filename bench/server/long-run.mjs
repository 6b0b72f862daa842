// What a run with a long history logged: 12 columns, a row a step. Made block by block, each from a seed of its own, so
// that any stretch can be had without what is before it, and shorter histories are the beginning of longer ones.

import { startOf } from "./history.mjs";
import { randomNumbers } from "./random.mjs";

/** @import { Columns } from "./history.mjs" */

/** Rows a block. */
export const BLOCK = 250;

/** What rates and losses go by: the longest history there is. */
const WHOLE = 1_000_000;

export const LONG_NAMES = [
  ...["_runtime", "_step", "_timestamp", "epoch", "grad_norm", "lr", "throughput", "tokens"],
  ...["train/accuracy", "train/loss", "val/accuracy", "val/loss"],
];

/** The rows of a block. @param {number} block @returns {Map<string, number[]>} */
export function blockOf(block) {
  const random = randomNumbers(5 * block + 11);
  const columns = new Map(LONG_NAMES.map((name) => [name, /** @type {number[]} */ ([])]));
  const add = (/** @type {Record<string, number>} */ row) => {
    for (const [name, values] of columns) values.push(row[name] ?? Number.NaN);
  };
  for (let row = block * BLOCK; row < (block + 1) * BLOCK; row++) {
    const progress = row / WHOLE;
    const loss = 2.3 * Math.exp(-5 * progress) + 0.2 * (1 + 0.2 * random());
    const runtime = 0.4 * (row + random());
    add({
      _runtime: runtime,
      _step: row,
      _timestamp: Math.round((startOf(0) + runtime) * 1e6) / 1e6,
      epoch: Math.floor(row / 5_000),
      grad_norm: loss * (0.5 + random()),
      lr: (3e-4 * (1 + Math.cos(Math.PI * progress))) / 2,
      throughput: Math.round(5_000 * (1 + 0.05 * random()) * 100) / 100,
      tokens: row * 4_096,
      "train/accuracy": Math.round(9_000 * (1 - 0.9 * Math.exp(-6 * progress))) / 10_000,
      "train/loss": loss,
      "val/accuracy": Math.round(4_500 * (1 - Math.exp(-5 * progress))) / 5_000,
      "val/loss": loss * (1.05 + 0.1 * random()),
    });
  }
  return columns;
}

/** The rows of a stretch. @param {number} start @param {number} end - the first one that isn't in it @returns {Columns} */
export function longRows(start, end) {
  const columns = new Map(LONG_NAMES.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let block = Math.floor(start / BLOCK); block * BLOCK < end; block++) {
    for (const [name, values] of blockOf(block)) {
      const from = Math.max(0, start - block * BLOCK);
      columns.get(name)?.push(...values.slice(from, end - block * BLOCK));
    }
  }
  return columns;
}

/** Chosen rows. @param {readonly number[]} rows - rising @returns {Columns} */
export function chosenRows(rows) {
  const columns = new Map(LONG_NAMES.map((name) => [name, /** @type {number[]} */ ([])]));
  let at = -1;
  /** @type {Columns} */
  let block = new Map();
  for (const row of rows) {
    if (Math.floor(row / BLOCK) !== at) {
      at = Math.floor(row / BLOCK);
      block = blockOf(at);
    }
    for (const [name, values] of columns) values.push(block.get(name)?.[row % BLOCK] ?? Number.NaN);
  }
  return columns;
}
