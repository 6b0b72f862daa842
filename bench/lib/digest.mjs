// A short description of records that is equal only when the records are: clients/digest.py makes the same in Python.

import { createHash } from "node:crypto";

/**
 * @typedef {object} Digest
 * @property {number} count - of records
 * @property {Record<string, number>} sums - of the numbers under each key, weighted by where the record stands
 * @property {string} texts - the hash of all else, in order
 */

/** Weights that repeat are enough to tell records that changed places, and keep sums exact in the same order. */
const WEIGHTS = 97;

/**
 * @param {Iterable<object>} records
 * @returns {Digest}
 */
export function digest(records) {
  /** @type {Record<string, number>} */
  const sums = {};
  const hash = createHash("sha256");
  let count = 0;
  const add = (/** @type {string} */ path, /** @type {unknown} */ value) => {
    if (typeof value === "number" || typeof value === "bigint") {
      sums[path] = (sums[path] ?? 0) + Number(value) * (1 + (count % WEIGHTS));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, item] of sorted(value)) add(`${path}.${key}`, item);
    } else hash.update(`${count} ${path} ${String(value)}\n`);
  };
  for (const record of records) {
    for (const [key, value] of sorted(record)) add(key, value);
    count++;
  }
  return { count, sums, texts: hash.digest("hex") };
}

/** @param {object} value */
const sorted = (value) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
