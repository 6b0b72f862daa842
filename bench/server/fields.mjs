// The fields of a run of the synthetic project: the light ones, 60 config keys, 40 summary keys.

import { EVENTS, historyOf, ROWS, startOf } from "./history.mjs";
import { longRows } from "./long-run.mjs";
import { randomNumbers } from "./random.mjs";

const WORDS = ["adam", "sgd", "lion", "cosine", "linear", "gelu", "relu", "cifar10", "imagenet", "bf16"];
const STATES = ["finished", "finished", "finished", "finished", "crashed", "failed", "running"];

/** @template T @param {readonly T[]} values @param {number} index */
const pick = (values, index) => /** @type {T} */ (values[index % values.length]);

/** A run's id: eight characters, as W&B's are; its index can be had from it. @param {number} index */
export const idOf = (index) => index.toString(36).padStart(8, "0");

/** @param {string} id */
export const indexOf = (id) => (/^[0-9a-z]{8}$/.test(id) ? Number.parseInt(id, 36) : Number.NaN);

/** @param {number} seconds */
const timeText = (seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

/** @param {number} index @param {number} [rows] - of its history */
export function lightFields(index, rows = ROWS) {
  return {
    id: Buffer.from(`Run:v1:${idOf(index)}:benchmark`).toString("base64"),
    name: idOf(index),
    displayName: `${pick(WORDS, index)}-${pick(WORDS, index * 7 + 3)}-${index}`,
    state: pick(STATES, index),
    tags: index % 3 === 0 ? ["baseline", `v${index % 10}`] : [`v${index % 10}`],
    group: `group-${index % 12}`,
    jobType: index % 5 === 0 ? "eval" : "train",
    commit: (index * 2_654_435_761).toString(16).padStart(40, "0").slice(-40),
    notes: index % 4 === 0 ? `Trial ${index}: longer warm-up, the rest as before.` : null,
    description: null,
    sweepName: null,
    sweep: null,
    readOnly: false,
    createdAt: timeText(startOf(index)),
    heartbeatAt: timeText(startOf(index) + 900),
    updatedAt: timeText(startOf(index) + 900),
    historyLineCount: rows,
    eventsLineCount: EVENTS,
    user: { name: `Trainer ${index % 8}`, username: `trainer-${index % 8}` },
    projectId: "4711",
  };
}

/**
 * What the run was configured with: rates, sizes, words, switches, lists.
 *
 * @param {number} index
 * @returns {Record<string, { value: unknown }>}
 */
export function configOf(index) {
  const random = randomNumbers(3 * index + 5);
  /** @type {Record<string, { value: unknown }>} */
  const config = {
    lr: { value: 10 ** (-4 + 3 * random()) },
    batch_size: { value: 2 ** (5 + Math.floor(5 * random())) },
    optimizer: { value: pick(WORDS, index) },
    seed: { value: Math.floor(1e9 * random()) },
    betas: { value: [0.9, 0.999] },
    amp: { value: index % 2 === 0 },
  };
  for (let at = Object.keys(config).length; at < 60; at++) {
    const kinds = [
      random(),
      Math.floor(1000 * random()),
      pick(WORDS, at + index),
      at % 8 === 3,
      10 ** -(at % 9),
    ];
    config[`${pick(["model", "data", "train", "augment", "log"], at)}/option_${at}`] = {
      value: pick(kinds, at),
    };
  }
  return config;
}

/** @param {number} index @returns {Record<string, unknown>} */
export function summaryOf(index) {
  const random = randomNumbers(3 * index + 6);
  /** @type {Record<string, unknown>} */
  const summary = {};
  for (const [name, values] of historyOf(index)) summary[name] = values.at(-1);
  summary._wandb = { runtime: Math.floor(900 * random()) };
  for (let at = Object.keys(summary).length; at < 40; at++) {
    summary[`${pick(["best", "test", "class"], at)}/metric_${at}`] = at % 5 === 0 ? at * 100 : random();
  }
  return summary;
}

/** @param {number} index */
export function systemMetricsOf(index) {
  const random = randomNumbers(3 * index + 7);
  return { "system.cpu": 100 * random(), "system.memory_percent": 100 * random(), "system.gpu.0.memory": 40 };
}

/**
 * As the server describes what was logged.
 *
 * @param {import("./history.mjs").Columns} last - the last row
 * @param {number} rows
 */
const described = (last, rows) => ({
  lastStep: last.get("_step")?.at(-1) ?? -1,
  sets: [],
  keys: Object.fromEntries(
    [...last].map(([name, values]) => [
      name,
      {
        typeCounts: [{ type: "number", count: rows }],
        monotonic: name.startsWith("_"),
        previousValue: values.at(-1),
      },
    ]),
  ),
});

const SHORT_KEYS = described(historyOf(0), ROWS);

/** @param {number | undefined} rows - of a long history; of a usual one undefined */
export const historyKeysOf = (rows) =>
  rows === undefined ? SHORT_KEYS : described(longRows(rows - 1, rows), rows);
