// What a run of the synthetic project logged: 500 rows of 8 metrics, and of its machine's.

import { randomNumbers } from "./random.mjs";

export const ROWS = 500;
/** Steps from a row to the next. */
export const STRIDE = 10;
/** Rows of the machine's metrics. */
export const EVENTS = 120;

/** @typedef {ReadonlyMap<string, readonly number[]>} Columns a number a row for each metric, sorted by name */

const FIRST_START = 1_760_000_000;

/** When a run began, in seconds. @param {number} index */
export const startOf = (index) => FIRST_START + index * 97;

/**
 * The history of a run. Digits are as training makes them: losses of 17, accuracies that are fractions of a test
 * set, a rate that follows a schedule, whole epochs.
 *
 * @param {number} index
 * @returns {Columns}
 */
export function historyOf(index) {
  const random = randomNumbers(2 * index + 1);
  const [lr, pace, skill] = [10 ** (-4 + 3 * random()), 0.2 + random(), 0.6 + 0.39 * random()];
  /** @type {Record<string, number[]>} */
  const columns = {};
  for (const name of NAMES) columns[name] = [];
  let runtime = 0;
  for (let row = 0; row < ROWS; row++) {
    const progress = row / ROWS;
    const loss = 2.3 * Math.exp(-5 * progress * (1 + pace)) + (1 - skill) * (1 + 0.2 * random());
    runtime += pace * (1 + 0.1 * random());
    columns._runtime?.push(runtime);
    columns._step?.push(STRIDE * row);
    columns._timestamp?.push(Math.round((startOf(index) + runtime) * 1e6) / 1e6);
    columns.epoch?.push(Math.floor(row / 25));
    columns.grad_norm?.push(loss * (0.5 + random()));
    columns.lr?.push((lr * (1 + Math.cos(Math.PI * progress))) / 2);
    columns.throughput?.push(Math.round((2000 / pace) * (1 + 0.05 * random()) * 100) / 100);
    columns["train/accuracy"]?.push(
      Math.round(10_000 * skill * (1 - 0.9 * Math.exp(-6 * progress))) / 10_000,
    );
    columns["train/loss"]?.push(loss);
    columns["val/accuracy"]?.push(Math.round(5_000 * skill * (1 - Math.exp(-5 * progress))) / 5_000);
    columns["val/loss"]?.push(loss * (1.05 + 0.1 * random()));
  }
  return new Map(Object.entries(columns));
}

const NAMES = [
  ...["_runtime", "_step", "_timestamp", "epoch", "grad_norm", "lr", "throughput"],
  ...["train/accuracy", "train/loss", "val/accuracy", "val/loss"],
];

/** @param {number} index @returns {Columns} */
export function eventsOf(index) {
  const random = randomNumbers(2 * index + 2);
  const rows = [...Array(EVENTS).keys()];
  return new Map([
    ["_runtime", rows.map((row) => 15 * row + random())],
    ["_timestamp", rows.map((row) => startOf(index) + 15 * row)],
    ["system.cpu", rows.map(() => 100 * random())],
    ["system.gpu.0.memory", rows.map(() => Math.round(100 * random()))],
    ["system.memory_percent", rows.map(() => Math.round(1000 * random()) / 10)],
  ]);
}

/**
 * Evenly spread rows, the first and the last among them.
 *
 * @param {Columns} columns
 * @param {number} most
 * @returns {Columns}
 */
export function sample(columns, most) {
  const count = columns.values().next().value?.length ?? 0;
  if (count <= most) return columns;
  const chosen = spreadOver(count, most);
  return new Map([...columns].map(([name, values]) => [name, chosen.map((row) => values[row] ?? 0)]));
}

/** Evenly spread places in a list, the first and the last among them. @param {number} count @param {number} most */
export function spreadOver(count, most) {
  const step = most === 1 ? 0 : (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => Math.round(index * step));
}

/** Rows of a stretch. @param {Columns} columns @param {number} start @param {number} end @returns {Columns} */
export const stretchOf = (columns, start, end) =>
  new Map([...columns].map(([name, values]) => [name, values.slice(start, end)]));

/**
 * Rows as JSON texts, their keys in the columns' order.
 *
 * @param {ReadonlyMap<string, readonly (number | string)[]>} columns - numbers, and JSON
 * @returns {string[]}
 */
export function rowTexts(columns) {
  const names = [...columns].map(([name, values]) => ({ head: `${JSON.stringify(name)}:`, values }));
  const count = names[0]?.values.length ?? 0;
  return Array.from(
    { length: count },
    (_, row) => `{${names.map(({ head, values }) => head + values[row]).join(",")}}`,
  );
}
