// A long history's rows as answers give them, joined from pieces of a block each.

import { compress, Joined } from "./gzip.mjs";
import { rowTexts, spreadOver } from "./history.mjs";
import { BLOCK, chosenRows, longRows } from "./long-run.mjs";

/**
 * @import { Piece } from "./gzip.mjs"
 * @import { Columns } from "./history.mjs"
 * @typedef {{ start: number, end: number }} Stretch rows, the end not among them
 */

/** Blocks by the form and keys they are in; they are the same for every length of history. @type {Map<string, Piece[]>} */
const shelves = new Map();

/**
 * A list of rows.
 *
 * @param {Stretch} stretch
 * @param {number} samples - of more rows than these, so many are chosen, evenly
 * @param {readonly string[] | null} keys - null: all, and each row as the text of a JSON text
 */
export function longList({ start, end }, samples, keys) {
  const text = (/** @type {Columns} */ columns) => textOf(columns, keys);
  if (end - start > samples) {
    const rows = spreadOver(end - start, samples).map((row) => start + row);
    return new Joined(["[", compress(text(chosenRows(rows)), 1), "]"]);
  }
  /** @type {(string | Piece)[]} */
  const parts = [];
  for (let block = Math.floor(start / BLOCK); block * BLOCK < end; block++) {
    const [first, last] = [Math.max(start, block * BLOCK), Math.min(end, (block + 1) * BLOCK)];
    const isWhole = last - first === BLOCK;
    parts.push(parts.length === 0 ? "[" : ",");
    parts.push(isWhole ? readyBlock(block, keys) : compress(text(longRows(first, last)), 1));
  }
  return new Joined(parts.length === 0 ? ["[]"] : [...parts, "]"]);
}

/** @param {number} block @param {readonly string[] | null} keys */
function readyBlock(block, keys) {
  const name = JSON.stringify(keys);
  let shelf = shelves.get(name);
  if (shelf === undefined) {
    shelf = [];
    shelves.set(name, shelf);
  }
  shelf[block] ??= compress(textOf(longRows(block * BLOCK, (block + 1) * BLOCK), keys), 3);
  return shelf[block];
}

/** Rows behind each other, without what is around a list. @param {Columns} columns @param {readonly string[] | null} keys */
function textOf(columns, keys) {
  if (keys === null)
    return rowTexts(columns)
      .map((text) => JSON.stringify(text))
      .join(",");
  return rowTexts(new Map(keys.map((key) => [key, columns.get(key) ?? []]))).join(",");
}
