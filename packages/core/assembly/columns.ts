import {
  ABSENT,
  BYTES,
  CHUNK,
  COLUMNS,
  HASH,
  HASH_SLOTS,
  KEY_SIZE,
  KEYS,
  MASK,
  MAX_KEYS,
  NEXT,
  ROWS,
  SEEN,
  TAGS,
  TEXT,
  TOTAL,
  VALUES,
  WORD,
} from "./layout";
import { stringEnd } from "./strings";

/** Rows that a chunk's columns have room for at first, once more for each answer: a long history is no measure for others. */
const FIRST_ROOM: u32 = 512;

let keyCount: u32 = 1;
let chunk: u32 = 0;

/** The chunk's columns: how many there are, where the first one's values begin, and for how many rows each has room. */
export let columnCount: u32 = 0;
export let base: usize = 0;
export let room: u32 = FIRST_ROOM;

/** A chunk of more cells than this is left to the slow way, which has a bound of its own. */
const MAX_CELLS: u64 = 1 << 25;

export function forgetKeys(): void {
  memory.fill(HASH, 0, HASH_SLOTS * 4);
  memory.fill(KEYS, 0, KEY_SIZE);
  keyCount = 1;
}

export function forgetRoom(): void {
  room = FIRST_ROOM;
}

/** Begins a chunk whose columns are gathered from `at` on. */
export function openChunk(at: usize): void {
  // Keys stay known from chunk to chunk, as runs mostly have the same ones; too many are forgotten.
  if (keyCount > MAX_KEYS / 2) forgetKeys();
  chunk++;
  columnCount = 0;
  base = (at + 7) & ~7;
}

/** Makes room in memory up to `end`; false when there is none. */
export function reserve(end: usize): bool {
  const pages = (<u64>end + 0xffff) >>> 16;
  const have = <u64>memory.size();
  // A few pages more than needed, for the many small steps in which a chunk grows.
  return pages <= have || memory.grow(<i32>(pages - have) + 16) >= 0 || memory.grow(<i32>(pages - have)) >= 0;
}

/** Whether the bytes at `p`, up to the closing quote, are the record's key. */
@inline
function isKey(record: usize, p: usize): bool {
  if ((load<u64>(p) & load<u64>(record, MASK)) !== load<u64>(record, WORD)) return false;
  const total = <usize>load<u32>(record, TOTAL);
  if (total <= 8) return true;
  const text = <usize>load<u32>(record, TEXT);
  const last = total - 8;
  // In order: past the end of the bytes are zeros, which no key has, so the comparison ends there.
  for (let at: usize = 8; at < last; at += 8) if (load<u64>(p + at) !== load<u64>(text + at)) return false;
  return load<u64>(p + last) === load<u64>(text + last);
}

/** The record of the key whose text is at `p`, which comes after `before` in its row; 0 when it can't be one. */
@inline
export function keyAfter<Q>(before: usize, p: usize): usize {
  const next = <usize>load<u32>(before, NEXT);
  if (next !== 0 && isKey(next, p)) return next;
  const record = findKey<Q>(p);
  store<u32>(before, <u32>record, NEXT);
  return record;
}

function findKey<Q>(p: usize): usize {
  const end = stringEnd<Q>(p);
  if (end === 0) return 0;
  const total = end + sizeof<Q>() - p;
  let hash: u32 = 2166136261;
  for (let at: usize = 0; at < total; at++) hash = (hash ^ load<u8>(p + at)) * 16777619;
  hash ^= hash >>> 15;
  while (true) {
    const place = HASH + <usize>(hash & (HASH_SLOTS - 1)) * 4;
    const record = <usize>load<u32>(place);
    if (record === 0) return newKey(p, total, place);
    if (load<u32>(record, TOTAL) === <u32>total && isKey(record, p)) return record;
    hash++;
  }
}

function newKey(p: usize, total: usize, place: usize): usize {
  if (keyCount === MAX_KEYS) return 0;
  const record = KEYS + <usize>keyCount * KEY_SIZE;
  keyCount++;
  const mask: u64 = total >= 8 ? ~0 : ((<u64>1) << (<u64>total * 8)) - 1;
  store<u32>(record, <u32>p, TEXT);
  store<u32>(record, <u32>total, TOTAL);
  store<u32>(record, 0, NEXT);
  store<u32>(record, 0, CHUNK);
  store<u64>(record, mask, MASK);
  store<u64>(record, load<u64>(p) & mask, WORD);
  store<u32>(place, <u32>record);
  return record;
}

/** Makes the record's column ready for a value in this row; false when it has one already, or memory ends. */
@inline
export function openCell(record: usize, row: u32): bool {
  // Mostly the column is open, has a value in every row before this one, and room for another.
  if (load<u32>(record, CHUNK) !== chunk || load<u32>(record, ROWS) !== row || row === room) {
    if (!makeReady(record, row)) return false;
  }
  store<u32>(record, row + 1, ROWS);
  return true;
}

function makeReady(record: usize, row: u32): bool {
  if (load<u32>(record, CHUNK) !== chunk && !openColumn(record)) return false;
  if (row === room && !doubleRoom()) return false;
  const rows = load<u32>(record, ROWS);
  if (rows > row) return false;
  if (rows < row) fillAbsent(record, row);
  return true;
}

/** Marks the rows from the column's last up to just before `end` as without the key. */
export function fillAbsent(record: usize, end: u32): void {
  const rows = load<u32>(record, ROWS);
  memory.fill(<usize>load<u32>(record, TAGS) + rows, <u8>ABSENT, end - rows);
  store<u32>(record, load<u32>(record, SEEN) | (1 << ABSENT), SEEN);
  store<u32>(record, end, ROWS);
}

function stride(): usize {
  return <usize>room * 9;
}

function openColumn(record: usize): bool {
  if (<u64>(columnCount + 1) * room > MAX_CELLS) return false;
  const values = base + <usize>columnCount * stride();
  if (!reserve(values + stride())) return false;
  store<u32>(COLUMNS + <usize>columnCount * 4, <u32>record);
  columnCount++;
  store<u32>(record, chunk, CHUNK);
  store<u32>(record, <u32>values, VALUES);
  store<u32>(record, <u32>(values + <usize>room * 8), TAGS);
  store<u32>(record, 0, ROWS);
  store<u32>(record, 0, SEEN);
  store<u32>(record, 0, BYTES);
  return true;
}

/** Moves the columns apart, the last one first, so that each has room for twice as many rows. */
function doubleRoom(): bool {
  const old = room;
  if (<u64>columnCount * old * 2 > MAX_CELLS) return false;
  room = old * 2;
  if (!reserve(base + <usize>columnCount * stride())) {
    room = old;
    return false;
  }
  for (let column = columnCount; column > 0; column--) {
    const record = <usize>load<u32>(COLUMNS + <usize>(column - 1) * 4);
    const values = base + <usize>(column - 1) * stride();
    memory.copy(values + <usize>room * 8, <usize>load<u32>(record, TAGS), old);
    memory.copy(values, <usize>load<u32>(record, VALUES), <usize>old * 8);
    store<u32>(record, <u32>values, VALUES);
    store<u32>(record, <u32>(values + <usize>room * 8), TAGS);
  }
  return true;
}

/** Moves all columns to `to`, which is further up; false when memory ends. */
export function moveColumns(to: usize): bool {
  const size = <usize>columnCount * stride();
  to = (to + 7) & ~7;
  if (!reserve(to + size)) return false;
  memory.copy(to, base, size);
  const by = <u32>(to - base);
  for (let column: u32 = 0; column < columnCount; column++) {
    const record = <usize>load<u32>(COLUMNS + <usize>column * 4);
    store<u32>(record, load<u32>(record, VALUES) + by, VALUES);
    store<u32>(record, load<u32>(record, TAGS) + by, TAGS);
  }
  base = to;
  return true;
}
