// The answers that the frames' rows are fed with, in a file: each run's as the Python client gets it, one behind the
// other. Lazyruns is given the same bytes of the histories, several runs an answer.

import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { frameRows } from "./metrics.mjs";

/**
 * @typedef {"sampledHistory" | "history"} Field rows as objects, which is what comes with keys; or as JSON texts
 * @typedef {object} Answers where the answers are
 * @property {string} file
 * @property {string} index - a file: where each run's answer ends in the other, as JSON
 * @property {Field} field
 * @property {boolean} inMemory - whether they are read before the clock starts; else each when it is asked for
 */

/** What stands around a run's history in its answer. */
const headOf = (/** @type {Field} */ field) => `{"project":{"run":{"${field}":`;
const TAIL = "}}}";

/** @param {Field} field @param {readonly string[]} rows */
const valueText = (field, rows) =>
  field === "sampledHistory" ? `[[${rows.join(",")}]]` : JSON.stringify(rows);

/**
 * Writes the answers for a number of runs.
 *
 * @param {string} folder
 * @param {{ runs: number, field: Field, inMemory: boolean }} what
 * @returns {Answers}
 */
export function writeAnswers(folder, { runs, field, inMemory }) {
  const answers = { file: join(folder, "answers"), index: join(folder, "ends.json"), field, inMemory };
  const ends = [];
  const out = openSync(answers.file, "w");
  try {
    let end = 0;
    for (let run = 0; run < runs; run++) {
      end += writeSync(out, headOf(field) + valueText(field, frameRows(run)) + TAIL);
      ends.push(end);
    }
  } finally {
    closeSync(out);
  }
  writeFileSync(answers.index, JSON.stringify(ends));
  return answers;
}

/** The histories' JSON in a file of answers, run by run. */
export class Histories {
  #file;
  #ends;
  #head;
  /** All answers, when they are held in memory. @type {Buffer | undefined} */
  #bytes;

  /**
   * @param {import("node:fs/promises").FileHandle} file
   * @param {readonly number[]} ends
   * @param {Answers} answers
   */
  constructor(file, ends, answers) {
    this.#file = file;
    this.#ends = ends;
    this.#head = headOf(answers.field).length;
    if (answers.inMemory) this.#bytes = readWhole(answers.file, ends.at(-1) ?? 0);
  }

  /** @param {Answers} answers */
  static async open(answers) {
    return new Histories(await open(answers.file), JSON.parse(readFileSync(answers.index, "utf8")), answers);
  }

  /** How many runs there are. */
  get size() {
    return this.#ends.length;
  }

  /** @param {number} run @returns {Promise<Buffer> | Buffer} the value of the run's history field */
  of(run) {
    const start = (this.#ends[run - 1] ?? 0) + this.#head;
    const end = (this.#ends[run] ?? 0) - TAIL.length;
    return this.#bytes?.subarray(start, end) ?? this.#read(start, end - start);
  }

  /** @param {number} start @param {number} length */
  async #read(start, length) {
    const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafeSlow(length), 0, length, start);
    if (bytesRead !== length) throw new Error(`The answers end after ${start + bytesRead} bytes.`);
    return buffer;
  }

  close() {
    return this.#file.close();
  }
}

/** @param {string} path @param {number} length */
function readWhole(path, length) {
  const bytes = Buffer.allocUnsafeSlow(length);
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < length; ) at += readSync(file, bytes, at, length - at, at) || length;
  } finally {
    closeSync(file);
  }
  return bytes;
}
