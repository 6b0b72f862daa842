import { keyAfter, openCell } from "./columns";
import {
  BYTES,
  FALSE,
  FLOAT,
  KEYS,
  NESTED,
  NESTED_ESCAPED,
  NON_FINITE,
  NULL,
  SEEN,
  STRING,
  STRING_ESCAPED,
  TAGS,
  TRUE,
  VALUES,
} from "./layout";
import { isInfinity, nestedEscaped, resetNested, valueEnd } from "./nested";
import { number, numberTag } from "./number";
import { escaped, isQuote, space, stringEnd } from "./strings";

/** Reads the row whose brace is at `p` into the chunk's columns. Gives what is after it, or 0 when that can't be done. */
export function readRow<Q>(p: usize, row: u32): usize {
  if (load<u8>(p) !== 0x7b) return 0;
  p = space<Q>(p + 1);
  if (load<u8>(p) === 0x7d) return p + 1;
  let key: usize = KEYS;
  while (true) {
    if (!isQuote<Q>(p)) return 0;
    p += sizeof<Q>();
    key = keyAfter<Q>(key, p);
    if (key === 0 || !openCell(key, row)) return 0;
    p += <usize>load<u32>(key, 4);
    if (load<u8>(p) !== 0x3a) {
      p = space<Q>(p);
      if (load<u8>(p) !== 0x3a) return 0;
    }
    p++;
    if (load<u8>(p) <= 0x20) p = space<Q>(p);
    p = readValue<Q>(p, key, row);
    if (p === 0) return 0;
    let c = load<u8>(p);
    if (c <= 0x20) {
      p = space<Q>(p);
      c = load<u8>(p);
    }
    if (c === 0x7d) return p + 1;
    if (c !== 0x2c) return 0;
    p++;
    if (load<u8>(p) <= 0x20) p = space<Q>(p);
  }
}

@inline
function readValue<Q>(p: usize, key: usize, row: u32): usize {
  const cell = <usize>load<u32>(key, VALUES) + <usize>row * 8;
  const c = load<u8>(p);
  if (<u32>c - 0x30 <= 9 || c === 0x2d) {
    const end = number(p, cell);
    if (end !== 0) {
      mark(key, row, numberTag);
      return end;
    }
    if (c !== 0x2d || !isInfinity(p + 1)) return 0;
    return special(p + 9, key, row, cell, -Infinity);
  }
  if (isQuote<Q>(p)) return readString<Q>(p + sizeof<Q>(), key, row, cell);
  if (c === 0x7b || c === 0x5b) {
    resetNested();
    const end = valueEnd<Q>(p, 0);
    if (end === 0) return 0;
    span(key, cell, p, end);
    mark(key, row, nestedEscaped ? NESTED_ESCAPED : NESTED);
    return end;
  }
  const word = load<u32>(p);
  if (word === 0x6c6c756e) {
    mark(key, row, NULL);
    return p + 4;
  }
  if (word === 0x65757274) {
    mark(key, row, TRUE);
    return p + 4;
  }
  if (word === 0x736c6166 && load<u8>(p, 4) === 0x65) {
    mark(key, row, FALSE);
    return p + 5;
  }
  if ((word & 0xffffff) === 0x4e614e) return special(p + 3, key, row, cell, NaN);
  if (isInfinity(p)) return special(p + 8, key, row, cell, Infinity);
  return 0;
}

function special(p: usize, key: usize, row: u32, cell: usize, value: f64): usize {
  store<f64>(cell, value);
  mark(key, row, FLOAT);
  return p;
}

function readString<Q>(p: usize, key: usize, row: u32, cell: usize): usize {
  const end = stringEnd<Q>(p);
  if (end === 0) return 0;
  span(key, cell, p, end);
  // Only rows that are JSON themselves can't have the numbers' own words.
  const word = sizeof<Q>() === 1 && !escaped && isNonFinite(p, end - p);
  mark(key, row, escaped ? STRING_ESCAPED : word ? NON_FINITE : STRING);
  return end + sizeof<Q>();
}

function isNonFinite(p: usize, length: usize): bool {
  if (length === 3) return (load<u32>(p) & 0xffffff) === 0x4e614e;
  if (length === 8) return isInfinity(p);
  return length === 9 && load<u8>(p) === 0x2d && isInfinity(p + 1);
}

function span(key: usize, cell: usize, start: usize, end: usize): void {
  store<u32>(cell, <u32>start);
  store<u32>(cell, <u32>(end - start), 4);
  store<u32>(key, load<u32>(key, BYTES) + <u32>(end - start), BYTES);
}

@inline
function mark(key: usize, row: u32, tag: u32): void {
  store<u8>(<usize>load<u32>(key, TAGS) + row, <u8>tag);
  store<u32>(key, load<u32>(key, SEEN) | (1 << tag), SEEN);
}
