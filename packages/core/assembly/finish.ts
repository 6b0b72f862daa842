import { base, columnCount, fillAbsent, moveColumns, reserve } from "./columns";
import {
  ABSENT,
  BYTES,
  COLUMNS,
  FALSE,
  FLOAT,
  INT,
  KIND_BOOL,
  KIND_FLOAT,
  KIND_INT,
  KIND_JSON,
  KIND_JSON_SPANS,
  KIND_LONG,
  KIND_MIXED,
  KIND_NULL,
  KIND_UTF8,
  KIND_UTF8_SPANS,
  LONG,
  NESTED,
  NESTED_ESCAPED,
  NON_FINITE,
  NULL,
  ROWS,
  SEEN,
  STRING,
  STRING_ESCAPED,
  TAGS,
  TEXT,
  TOTAL,
  TRUE,
  VALUES,
} from "./layout";

// A finished chunk is: how many rows it has, how many columns, how many bytes, and a 0; then eight numbers a column:
// where its key's text is and how long that is with its quote, its kind, where its values, validity, presence and texts
// are (from the first chunk's beginning on; 0 for none), and how many bytes of texts there are; then all these.
// Everything is aligned to 8.

const HEAD: usize = 16;
const COLUMN: usize = 32;

/** Where the first chunk begins, where the next goes, and how much the last one took. */
export let outStart: usize = 0;
export let out: usize = 0;
export let lastSize: usize = 0;

export function startOut(at: usize): void {
  outStart = at;
  out = at;
}

export function rewindOut(to: usize): void {
  out = to;
}

function aligned(size: usize): usize {
  return (size + 7) & ~7;
}

/** Lays the chunk's columns out for good; false when one has values of several types, or memory ends. */
export function finishChunk<Q>(rows: u32): bool {
  let size = HEAD + <usize>columnCount * COLUMN;
  for (let column: u32 = 0; column < columnCount; column++) {
    const record = <usize>load<u32>(COLUMNS + <usize>column * 4);
    if (load<u32>(record, ROWS) !== rows) fillAbsent(record, rows);
    const kind = kindOf(load<u32>(record, SEEN));
    if (kind === KIND_MIXED) return false;
    size += valueBytes(kind, rows) + 2 * bitmapBytes(rows);
    if (hasTexts(kind)) size += aligned(<usize>load<u32>(record, BYTES));
  }
  if (out + size > base && !moveColumns(out + size)) return false;
  if (!reserve(out + size)) return false;
  const head = out;
  store<u32>(head, rows);
  store<u32>(head, columnCount, 4);
  out += HEAD + <usize>columnCount * COLUMN;
  for (let column: u32 = 0; column < columnCount; column++) {
    const record = <usize>load<u32>(COLUMNS + <usize>column * 4);
    finishColumn<Q>(record, rows, head + HEAD + <usize>column * COLUMN);
  }
  lastSize = out - head;
  store<u32>(head, <u32>lastSize, 8);
  store<u32>(head, 0, 12);
  return true;
}

function kindOf(seen: u32): u32 {
  const types = seen & ~((1 << ABSENT) | (1 << NULL));
  if (types === 0) return KIND_NULL;
  if (types === 1 << INT) return KIND_INT;
  if ((types & ~((1 << INT) | (1 << LONG))) === 0) return KIND_LONG;
  if ((types & ~((1 << INT) | (1 << FLOAT) | (1 << NON_FINITE))) === 0) return KIND_FLOAT;
  if ((types & ~((1 << FALSE) | (1 << TRUE))) === 0) return KIND_BOOL;
  if ((types & ~((1 << STRING) | (1 << NON_FINITE))) === 0) return KIND_UTF8;
  if ((types & ~((1 << STRING) | (1 << NON_FINITE) | (1 << STRING_ESCAPED))) === 0) return KIND_UTF8_SPANS;
  if (types === 1 << NESTED) return KIND_JSON;
  if ((types & ~((1 << NESTED) | (1 << NESTED_ESCAPED))) === 0) return KIND_JSON_SPANS;
  return KIND_MIXED;
}

function hasTexts(kind: u32): bool {
  return kind === KIND_UTF8 || kind === KIND_JSON;
}

function valueBytes(kind: u32, rows: u32): usize {
  if (kind === KIND_NULL) return 0;
  if (kind === KIND_BOOL) return aligned(<usize>rows);
  return hasTexts(kind) ? aligned(<usize>rows * 4) : <usize>rows * 8;
}

function bitmapBytes(rows: u32): usize {
  return ((<usize>rows + 63) >>> 6) << 3;
}

function finishColumn<Q>(record: usize, rows: u32, head: usize): void {
  const seen = load<u32>(record, SEEN);
  const kind = kindOf(seen);
  const tags = <usize>load<u32>(record, TAGS);
  store<u32>(head, load<u32>(record, TEXT));
  store<u32>(head, load<u32>(record, TOTAL), 4);
  store<u32>(head, kind, 8);
  store<u32>(head, <u32>(out - outStart), 12);
  const values = out;
  out += valueBytes(kind, rows);
  const missing = (seen & ((1 << ABSENT) | (1 << NULL))) !== 0;
  store<u32>(head, missing ? bitmap(tags, rows, NULL + 1) : 0, 16);
  store<u32>(head, (seen & (1 << NULL)) !== 0 ? bitmap(tags, rows, NULL) : 0, 20);
  store<u32>(head, 0, 24);
  store<u32>(head, 0, 28);
  const cells = <usize>load<u32>(record, VALUES);
  if (kind === KIND_BOOL) writeBools(values, tags, rows);
  else if (hasTexts(kind)) writeTexts<Q>(kind, values, cells, tags, rows, head);
  else if (kind !== KIND_NULL) {
    const asTheyAre = !missing && (seen & (1 << NON_FINITE)) === 0 && kind !== KIND_LONG;
    if (asTheyAre) memory.copy(values, cells, <usize>rows * 8);
    else writeCells(kind, values, cells, tags, rows);
  }
}

/** Writes a bitmap of the rows whose tag is at least `least`, eight rows at a time; gives where it is. */
function bitmap(tags: usize, rows: u32, least: u32): u32 {
  const at = out;
  const add: u64 = 0x0101010101010101 * (0x80 - least);
  for (let row: u32 = 0; row < rows; row += 8) {
    const bits = ((load<u64>(tags + row) + add) & 0x8080808080808080) >>> 7;
    store<u8>(at + (row >>> 3), <u8>((bits * 0x0102040810204080) >>> 56));
  }
  const rest = rows & 7;
  const last = at + ((rows - 1) >>> 3);
  if (rest !== 0) store<u8>(last, <u8>(<u32>load<u8>(last) & ((1 << rest) - 1)));
  out += bitmapBytes(rows);
  return <u32>(at - outStart);
}

function writeBools(values: usize, tags: usize, rows: u32): void {
  for (let row: u32 = 0; row < rows; row++) store<u8>(values + row, <u8>(load<u8>(tags + row) === TRUE));
}

/** Writes eight bytes a row: what stands for no value where there is none, and numbers in the column's own type. */
function writeCells(kind: u32, values: usize, cells: usize, tags: usize, rows: u32): void {
  const none: u64 = kind === KIND_FLOAT ? reinterpret<u64>(NaN) : 0;
  for (let row: u32 = 0; row < rows; row++) {
    const tag = <u32>load<u8>(tags + row);
    const at = <usize>row * 8;
    if (tag <= NULL) store<u64>(values + at, none);
    else if (tag === INT && kind === KIND_LONG) store<i64>(values + at, <i64>load<f64>(cells + at));
    else if (tag === NON_FINITE && kind === KIND_FLOAT)
      store<f64>(values + at, nonFinite(<usize>load<u32>(cells + at)));
    else store<u64>(values + at, load<u64>(cells + at));
  }
}

/** The number that the word at `p` stands for. */
function nonFinite(p: usize): f64 {
  const c = load<u8>(p);
  return c === 0x4e ? NaN : c === 0x2d ? -Infinity : Infinity;
}

function writeTexts<Q>(kind: u32, ends: usize, cells: usize, tags: usize, rows: u32, head: usize): void {
  const data = out;
  let at = data;
  for (let row: u32 = 0; row < rows; row++) {
    if (<u32>load<u8>(tags + row) > NULL) {
      const cell = cells + <usize>row * 8;
      const start = <usize>load<u32>(cell);
      const length = <usize>load<u32>(cell, 4);
      if (sizeof<Q>() === 1 || kind === KIND_UTF8) {
        memory.copy(at, start, length);
        at += length;
      } else {
        // No string in it has an escape: every backslash is a quote's.
        for (let p = start; p < start + length; p++) {
          const c = load<u8>(p);
          if (c !== 0x5c) store<u8>(at++, c);
        }
      }
    }
    store<u32>(ends + <usize>row * 4, <u32>(at - data));
  }
  store<u32>(head, <u32>(data - outStart), 24);
  store<u32>(head, <u32>(at - data), 28);
  out = aligned(at);
}
