// What a request costs a real server, and waiting that long without using the processor.

import { ROWS } from "./history.mjs";

/**
 * @typedef {object} Model
 * @property {number} delayMs - on the way, a request
 * @property {number} historyMs - up to 500 rows of a run's history, one reading after another inside a request; more
 *   rows cost as much more
 * @property {number} heavyMs - a run whose config or summary is read, likewise
 * @property {number} workers - requests that are worked on at a time; the others queue
 */

/** @type {Model} */
export const MODEL = { delayMs: 0, historyMs: 2, heavyMs: 0.2, workers: Number.POSITIVE_INFINITY };

/** What an answer made the server read. */
export class Cost {
  /** Histories, in those of a usual run: longer ones and pages of them count by their rows, shorter ones whole. */
  histories = 0;
  heavyRuns = 0;
  /** What was read, by name: to tell what is read twice. @type {string[]} */
  readings = [];

  /** @param {string} what @param {number} rows */
  read(what, rows) {
    this.histories += Math.max(1, rows / ROWS);
    this.readings.push(what);
  }

  /** @param {{ heavy: boolean }} run - counted once an answer, however many of its heavy fields are read */
  readHeavy(run) {
    if (run.heavy) return;
    run.heavy = true;
    this.heavyRuns++;
  }
}

/** The most that one wait makes up for what another was too long or too short. */
const MOST_OWED_MS = 2;

/** Lets requests wait as the model says. */
export class Waits {
  model = MODEL;
  /** When each busy worker is free. @type {number[]} */
  #busyUntil = [];
  /** Timers count whole milliseconds: what a wait lacked or had too much of is settled by the next. */
  #owed = 0;
  count = 0;
  /** Milliseconds that waits ended later than they should have, all together. */
  late = 0;

  /** Forgets what earlier requests counted and owed, and the work they left to the workers. */
  reset() {
    this.#busyUntil = [];
    this.#owed = 0;
    this.count = 0;
    this.late = 0;
  }

  /**
   * @param {number} arrived - by `performance.now()`
   * @param {Cost} cost
   */
  async wait(arrived, { histories, heavyRuns }) {
    const { delayMs, historyMs, heavyMs, workers } = this.model;
    const work = histories * historyMs + heavyRuns * heavyMs;
    let start = arrived + delayMs;
    if (Number.isFinite(workers) && work > 0) {
      // The worker that is free first takes it: one timer does for queueing and working.
      this.#busyUntil.length = Math.min(this.#busyUntil.length, workers);
      if (this.#busyUntil.length >= workers) start = Math.max(start, this.#takeEarliest());
      this.#busyUntil.push(start + work);
    }
    await this.#until(start + work);
  }

  #takeEarliest() {
    const earliest = Math.min(...this.#busyUntil);
    this.#busyUntil.splice(this.#busyUntil.indexOf(earliest), 1);
    return earliest;
  }

  /** @param {number} due */
  async #until(due) {
    const wanted = due - performance.now();
    const milliseconds = Math.round(wanted + this.#owed);
    if (milliseconds >= 1) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const missing = due - performance.now();
    this.#owed = Math.max(-MOST_OWED_MS, Math.min(MOST_OWED_MS, this.#owed + missing));
    this.late -= missing;
    this.count++;
  }
}
