// Walks over an answer's bytes and reads each value of the field that holds histories into columns.

import { forgetKeys, forgetRoom, openChunk, reserve } from "./columns";
import { finishChunk, lastSize, out, outStart, rewindOut, startOut } from "./finish";
import { FIELD, INPUT, PADDING, POWERS, TENS } from "./layout";
import { readRow } from "./rows";
import { isQuote, space, stringEnd } from "./strings";

export { FIELD, INPUT, POWERS, TENS };

/** What `next` found: nothing more, a history that it read, or a value that is left to the slow way. */
const NOTHING: i32 = 0;
const READ: i32 = 1;
const LEFT: i32 = 2;

/** Where the value that `next` found starts and ends; a history's first chunk, and how many it has. */
export let valueStart: usize = 0;
export let valueEnd: usize = 0;
export let firstChunk: usize = 0;
export let chunkCount: u32 = 0;

let at: usize = 0;
let end: usize = 0;
let fieldLength: usize = 0;
let areTexts: bool = false;

/** Makes room for an answer of so many bytes; false when memory ends. */
export function prepare(length: usize): bool {
  return reserve(INPUT + length + PADDING);
}

/** Begins with the answer whose bytes are at INPUT; the field's name in quotes is at FIELD. */
export function begin(length: usize, field: usize, texts: bool): void {
  at = INPUT;
  end = INPUT + length;
  memory.fill(end, 0, PADDING);
  fieldLength = field;
  areTexts = texts;
  startOut((end + PADDING + 7) & ~7);
  forgetKeys();
  forgetRoom();
}

/** Where the chunks are in memory. */
export function chunksStart(): usize {
  return outStart;
}

export function chunksEnd(): usize {
  return out;
}

/** Goes to the next value of the field. */
export function next(): i32 {
  while (true) {
    const quote = nextQuote(at);
    const close = quote < end ? stringEnd<u8>(quote + 1) : 0;
    // A string that doesn't end, or holds what no string may: the answer isn't JSON, as its parser will say.
    if (close === 0) {
      at = end;
      return NOTHING;
    }
    at = close + 1;
    if (at - quote !== fieldLength || memory.compare(quote, FIELD, fieldLength) !== 0) continue;
    const colon = space<u8>(at);
    if (load<u8>(colon) !== 0x3a) continue;
    valueStart = space<u8>(colon + 1);
    const c = load<u8>(valueStart);
    if (c === 0x5b) {
      firstChunk = out;
      chunkCount = 0;
      valueEnd = areTexts ? readTexts(valueStart) : readSpecs(valueStart);
      if (valueEnd !== 0) {
        at = valueEnd;
        return READ;
      }
      rewindOut(firstChunk);
    }
    at = valueEnd = looseEnd(valueStart);
    if (at === 0) {
      at = end;
      return NOTHING;
    }
    if (c === 0x5b || c === 0x2d || <u32>c - 0x30 <= 9) return LEFT;
  }
}

/** The first quote from `p` on, or the end. */
function nextQuote(p: usize): usize {
  while (p < end) {
    const word = load<u64>(p) ^ 0x2222222222222222;
    const found = (word - 0x0101010101010101) & ~word & 0x8080808080808080;
    if (found !== 0) return p + <usize>(ctz(found) >>> 3);
    p += 8;
  }
  return end;
}

/** After the value at `p`, whatever it holds; 0 when the answer ends first. */
function looseEnd(p: usize): usize {
  let depth: u32 = 0;
  while (p < end) {
    const c = load<u8>(p);
    if (c === 0x22) {
      p = stringEnd<u8>(p + 1);
      if (p === 0) return 0;
      if (depth === 0) return p + 1;
    } else if (c === 0x5b || c === 0x7b) depth++;
    else if (c === 0x5d || c === 0x7d) {
      if (depth <= 1) return depth === 0 ? p : p + 1;
      depth--;
    } else if (depth === 0 && (c === 0x2c || c <= 0x20)) return p;
    p++;
  }
  return 0;
}

/** Reads `[[{...},...],...]`: a list of rows a spec. Gives what is after it, or 0. */
function readSpecs(p: usize): usize {
  p = space<u8>(p + 1);
  if (load<u8>(p) === 0x5d) return p + 1;
  while (true) {
    if (load<u8>(p) === 0x5b) p = readSpec(p);
    else if (load<u32>(p) === 0x6c6c756e) {
      openChunk(out + lastSize);
      p = finish<u8>(p + 4, 0);
    } else return 0;
    if (p === 0) return 0;
    p = space<u8>(p);
    const c = load<u8>(p);
    if (c === 0x5d) return p + 1;
    if (c !== 0x2c) return 0;
    p = space<u8>(p + 1);
  }
}

function readSpec(p: usize): usize {
  openChunk(out + lastSize);
  p = space<u8>(p + 1);
  if (load<u8>(p) === 0x5d) return finish<u8>(p + 1, 0);
  let rows: u32 = 0;
  while (true) {
    p = readRow<u8>(p, rows++);
    if (p === 0) return 0;
    p = space<u8>(p);
    const c = load<u8>(p);
    if (c === 0x5d) return finish<u8>(p + 1, rows);
    if (c !== 0x2c) return 0;
    p = space<u8>(p + 1);
  }
}

/** Reads `["{...}",...]`: rows that are JSON in strings. Gives what is after it, or 0. */
function readTexts(p: usize): usize {
  openChunk(out + lastSize);
  p = space<u8>(p + 1);
  if (load<u8>(p) === 0x5d) return finish<u16>(p + 1, 0);
  let rows: u32 = 0;
  while (true) {
    if (!isQuote<u8>(p)) return 0;
    p = readRow<u16>(space<u16>(p + 1), rows++);
    if (p === 0) return 0;
    p = space<u16>(p);
    if (!isQuote<u8>(p)) return 0;
    p = space<u8>(p + 1);
    const c = load<u8>(p);
    if (c === 0x5d) return finish<u16>(p + 1, rows);
    if (c !== 0x2c) return 0;
    p = space<u8>(p + 1);
  }
}

function finish<Q>(p: usize, rows: u32): usize {
  chunkCount++;
  return finishChunk<Q>(rows) ? p : 0;
}
