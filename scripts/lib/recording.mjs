// What a notebook's saved outputs must not tell, and what of them is the same each time it is run.

import { homedir, tmpdir } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { DEMO_KEY } from "./demo-server.mjs";
import { ROOT, Trouble } from "./run.mjs";

/** Stands in recordings for the server's address, whose port is another one each time. */
const SERVER = "http://127.0.0.1:8080";

/**
 * A run notebook as it may be shared: without lines of progress, which come when the machine is slow.
 *
 * @param {string} text - of the notebook's file
 * @param {string} url - of the server it read from
 * @throws Trouble when the outputs tell where they were made, or a key
 */
export function shareable(text, url) {
  const shared = text.replaceAll(url, SERVER);
  for (const secret of [ROOT, homedir(), tmpdir(), DEMO_KEY]) {
    if (secret === "/" || !shared.includes(secret)) continue; // some have no home but the root
    throw new Trouble(`An output holds ${JSON.stringify(secret)}, which is of this machine or a key.`);
  }
  const notebook = JSON.parse(shared);
  for (const cell of notebook.cells) cell.outputs &&= cell.outputs.filter(isLasting);
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** @param {{ output_type: string, data?: object }} output */
function isLasting({ output_type: type, data = {} }) {
  return type !== "display_data" || Object.keys(data).some((mime) => mime !== "text/plain");
}

/**
 * Which cells of a notebook came out otherwise, times and ages apart.
 *
 * @param {string} saved - a shareable notebook
 * @param {string} fresh - the same, run anew
 * @param {boolean} isLive - of a notebook whose runs are made while it runs, only the kinds of outputs are compared
 * @returns {number[]} their numbers, counted from 0
 */
export function changedCells(saved, fresh, isLive) {
  const before = repeatable(saved, isLive);
  const after = repeatable(fresh, isLive);
  const numbers = [...Array(Math.max(before.length, after.length)).keys()];
  return numbers.filter((index) => !isDeepStrictEqual(before[index], after[index]));
}

/** @returns {unknown[]} what of each cell is the same each time */
function repeatable(/** @type {string} */ text, /** @type {boolean} */ isLive) {
  return JSON.parse(text).cells.map((/** @type {any} */ { source, outputs = [] }) => ({
    source,
    outputs: outputs.map((/** @type {any} */ { output_type: type, data, text: said }) =>
      isLive ? { type, mimes: Object.keys(data ?? {}) } : timeless({ type, data, said }),
    ),
  }));
}

function timeless(/** @type {object} */ output) {
  const text = JSON.stringify(output)
    .replaceAll(/"madeAt":"[^"]*"/g, '"madeAt":""')
    .replaceAll(/\bas of \d{4}-\d\d-\d\d \d\d:\d\d UTC\b/g, "as of then")
    .replaceAll(/\b\d+ (y|mo|d|h|min) ago\b|\bjust now\b/g, "some time ago");
  return JSON.parse(text);
}
