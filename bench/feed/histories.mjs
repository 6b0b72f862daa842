// The histories in the files of answers, run by run: as JSON, or compressed.

import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { Piece } from "../server/gzip.mjs";
import { headOf, readIndex, TAIL } from "./answers.mjs";

/**
 * @import { FileHandle } from "node:fs/promises"
 * @import { Answers } from "./answers.mjs"
 *
 * @typedef {object} Histories
 * @property {number} size - how many runs there are
 * @property {(run: number) => Promise<Buffer | Piece>} of - what stands in a run's history field
 * @property {() => Promise<void>} close
 */

/**
 * @param {Answers} answers
 * @param {boolean} packed
 * @returns {Promise<Histories>}
 */
export async function openHistories(answers, packed) {
  const entries = readIndex(answers);
  const path = packed ? answers.packed : answers.plain;
  const ends = entries.map(({ end, packedEnd }) => (packed ? packedEnd : end));
  const [head, tail] = packed ? [0, 0] : [headOf(answers.field).length, TAIL.length];
  const bytes = answers.inMemory ? readWhole(path, ends.at(-1) ?? 0) : undefined;
  const file = await open(path);
  return {
    size: entries.length,
    async of(run) {
      const start = (ends[run - 1] ?? 0) + head;
      const end = (ends[run] ?? 0) - tail;
      const found = bytes?.subarray(start, end) ?? (await read(file, start, end - start));
      const { length = 0, crc = 0 } = entries[run] ?? {};
      return packed ? new Piece(found, length, crc) : found;
    },
    close: () => file.close(),
  };
}

/** @param {FileHandle} file @param {number} start @param {number} length */
async function read(file, start, length) {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, start);
  if (bytesRead !== length) throw new Error(`The answers end after ${start + bytesRead} bytes.`);
  return buffer;
}

/** @param {string} path @param {number} length */
function readWhole(path, length) {
  const bytes = Buffer.allocUnsafeSlow(length);
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < length; ) {
      const read = readSync(file, bytes, at, length - at, at);
      if (read === 0) throw new Error(`The answers end after ${at} bytes.`);
      at += read;
    }
  } finally {
    closeSync(file);
  }
  return bytes;
}
