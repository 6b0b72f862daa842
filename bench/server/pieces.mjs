// The heavy parts of runs as ready-made compressed pieces, made when first asked for and kept.

import { configOf, summaryOf, systemMetricsOf } from "./fields.mjs";
import { compress } from "./gzip.mjs";
import { EVENTS, eventsOf, historyOf, ROWS, rowTexts, sample, stretchOf } from "./history.mjs";

/**
 * @import { Piece } from "./gzip.mjs"
 * @import { Columns } from "./history.mjs"
 * @import { Stretch } from "./long-pieces.mjs"
 */

/**
 * Runs beyond these have the heavy parts of one of them, under an id of their own: the pieces of 20,000 runs would
 * need ten times the memory and show a client nothing else.
 */
export const DIFFERENT_RUNS = 2_000;

/** @type {Map<string, Piece[]>} */
const shelves = new Map();

/**
 * @param {string} shelf - what the piece holds, with everything it depends on but the run
 * @param {number} index - the run's
 * @param {(index: number) => string} make
 * @returns {Piece}
 */
function ready(shelf, index, make) {
  let pieces = shelves.get(shelf);
  if (pieces === undefined) {
    pieces = [];
    shelves.set(shelf, pieces);
  }
  const at = index % DIFFERENT_RUNS;
  pieces[at] ??= compress(make(at));
  return pieces[at];
}

const jsonString = (/** @type {unknown} */ value) => JSON.stringify(JSON.stringify(value));

const WHOLE = { start: 0, end: ROWS };

const isWhole = (/** @type {Stretch} */ { start, end }) => start <= 0 && end >= ROWS;

/**
 * Rows with every key, each the text of a JSON text. Whole histories are kept; parts of one, which are many, aren't.
 *
 * @param {number} index
 * @param {number} samples
 * @param {Stretch} [stretch] - the rows among which to choose
 */
export function history(index, samples, stretch = WHOLE) {
  const make = (/** @type {Columns} */ columns) => JSON.stringify(rowTexts(sample(columns, samples)));
  if (!isWhole(stretch))
    return compress(make(stretchOf(historyOf(index % DIFFERENT_RUNS), stretch.start, stretch.end)), 1);
  return ready(`history ${Math.min(samples, ROWS)}`, index, (at) => make(historyOf(at)));
}

/** @param {number} index @param {number} samples */
export const events = (index, samples) =>
  ready(`events ${Math.min(samples, EVENTS)}`, index, (at) =>
    JSON.stringify(rowTexts(sample(eventsOf(at), samples))),
  );

/**
 * A list of rows for each spec, a row holding all keys of its spec.
 *
 * @param {number} index
 * @param {readonly { keys: readonly string[], samples: number, stretch: Stretch }[]} specs
 */
export function sampledHistory(index, specs) {
  const make = (/** @type {number} */ at) => {
    const logged = historyOf(at);
    const lists = specs.map(({ keys, samples, stretch: { start, end } }) => {
      const columns = [...new Set(keys)].map((key) => /** @type {const} */ ([key, logged.get(key)]));
      if (columns.length === 0 || columns.some(([, values]) => values === undefined)) return "[]";
      const chosen = new Map(columns.map(([key, values]) => [key, (values ?? []).slice(start, end)]));
      return `[${rowTexts(sample(chosen, samples)).join(",")}]`;
    });
    return `[${lists.join(",")}]`;
  };
  if (!specs.every(({ stretch }) => isWhole(stretch))) return compress(make(index % DIFFERENT_RUNS), 1);
  const asked = specs.map(({ keys, samples }) => [keys, Math.min(samples, ROWS)]);
  return ready(`sampledHistory ${JSON.stringify(asked)}`, index, make);
}

/** @param {Record<string, unknown>} whole @param {readonly string[]} keys */
const only = (whole, keys) =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(whole, key)).map((key) => [key, whole[key]]));

/**
 * @param {number} index
 * @param {readonly string[] | null | undefined} keys - absent: all
 */
export const config = (index, keys) =>
  ready(`config ${JSON.stringify(keys ?? null)}`, index, (at) =>
    jsonString(keys ? only(configOf(at), keys) : configOf(at)),
  );

/** @param {number} index @param {readonly string[] | null | undefined} keys */
export const summary = (index, keys) =>
  ready(`summary ${JSON.stringify(keys ?? null)}`, index, (at) =>
    jsonString(keys ? only(summaryOf(at), keys) : summaryOf(at)),
  );

/** @param {number} index */
export const systemMetrics = (index) =>
  ready("systemMetrics", index, (at) => jsonString(systemMetricsOf(at)));
