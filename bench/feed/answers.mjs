// The answers that the frames' rows are fed with, in files: each run's as the Python client gets it, one behind the
// other, and each run's history compressed, as a server packs it. Lazyruns is given the same histories, several runs an
// answer.

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { compress } from "../server/gzip.mjs";
import { frameRows } from "./metrics.mjs";

/**
 * @typedef {"sampledHistory" | "history"} Field rows as objects, which is what comes with keys; or as JSON texts
 * @typedef {object} Answers where the answers are, for the clients
 * @property {string} plain - a file of answers
 * @property {string} packed - a file of compressed histories
 * @property {string} index - a file: an `Entry` a run, as JSON
 * @property {Field} field
 * @property {boolean} inMemory - whether they are read before the clock starts; else each when it is asked for
 *
 * @typedef {object} Entry
 * @property {number} end - where the run's answer ends in the file of answers
 * @property {number} packedEnd - and its history in the file of compressed ones
 * @property {number} length - of the history's JSON, in bytes
 * @property {number} crc
 */

/** What stands around a run's history in its answer. */
export const headOf = (/** @type {Field} */ field) => `{"project":{"run":{"${field}":`;
export const TAIL = "}}}";

/**
 * Writes the answers for a number of runs.
 *
 * @param {string} folder
 * @param {{ runs: number, field: Field, inMemory: boolean }} what
 * @returns {Answers}
 */
export function writeAnswers(folder, { runs, field, inMemory }) {
  const [plain, packed, index] = [join(folder, "plain"), join(folder, "packed"), join(folder, "index.json")];
  /** @type {Entry[]} */
  const entries = [];
  const [out, packedOut] = [openSync(plain, "w"), openSync(packed, "w")];
  try {
    let [end, packedEnd] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const rows = frameRows(run);
      const json = field === "sampledHistory" ? `[[${rows.join(",")}]]` : JSON.stringify(rows);
      const { blocks, length, crc } = compress(json);
      end += writeSync(out, headOf(field) + json + TAIL);
      packedEnd += writeSync(packedOut, blocks);
      entries.push({ end, packedEnd, length, crc });
    }
  } finally {
    closeSync(out);
    closeSync(packedOut);
  }
  writeFileSync(index, JSON.stringify(entries));
  return { plain, packed, index, field, inMemory };
}

/** @param {Answers} answers @returns {Entry[]} */
export const readIndex = ({ index }) => JSON.parse(readFileSync(index, "utf8"));
