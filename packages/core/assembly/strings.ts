// Rows are read in two forms: as JSON, and as JSON within a JSON string, where every quote has a backslash before it.
// The type Q is that of a quote's bytes: u8 for the first form, u16 for the second.

const ONES: u64 = 0x0101010101010101;
const HIGHS: u64 = 0x8080808080808080;

/** Whether the string that `stringEnd` stepped over has escapes (in the second form: beyond those of the quotes). */
export let escaped: bool = false;

export function isQuote<Q>(p: usize): bool {
  return sizeof<Q>() === 1 ? load<u8>(p) === 0x22 : load<u16>(p) === 0x225c;
}

/** After white space. Within a string only a space is any: other white space would be escaped. */
export function space<Q>(p: usize): usize {
  while (true) {
    const c = load<u8>(p);
    if (c !== 0x20 && (sizeof<Q>() !== 1 || (c !== 0x0a && c !== 0x0d && c !== 0x09))) return p;
    p++;
  }
}

/** Of the lowest byte that is a quote, a backslash or a control character, the highest bit; 0 when there is none. */
export function special(word: u64): u64 {
  const quote = word ^ (ONES * 0x22);
  const backslash = word ^ (ONES * 0x5c);
  return (
    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word)) & HIGHS
  );
}

/** The closing quote of the string whose first character is at `p`; 0 when it isn't a string, or an odd one. */
export function stringEnd<Q>(p: usize): usize {
  escaped = false;
  while (true) {
    const found = special(load<u64>(p));
    if (found === 0) {
      p += 8;
      continue;
    }
    p += <usize>(ctz(found) >>> 3);
    const c = load<u8>(p);
    if (sizeof<Q>() === 1) {
      if (c === 0x22) return p;
      if (c !== 0x5c || load<u8>(p + 1) < 0x20) return 0;
      escaped = true;
      p += 2;
    } else {
      if (c !== 0x5c) return 0; // a bare quote ends the outer string
      if (load<u8>(p + 1) === 0x22) return p;
      escaped = true;
      p = afterDoubleEscape(p);
      if (p === 0) return 0;
    }
  }
}

/** After a character of a string within a string that is written with a backslash at `p`; 0 for an odd one. */
function afterDoubleEscape(p: usize): usize {
  const c = load<u8>(p + 1);
  if (c === 0x2f) return p + 2;
  if (c === 0x5c) {
    // The inner string has a backslash here, and the character it escapes may need one of its own.
    const inner = load<u8>(p + 2);
    if (inner === 0x5c) {
      const outer = load<u8>(p + 3);
      return outer === 0x22 || outer === 0x5c ? p + 4 : 0;
    }
    return inner < 0x20 || inner === 0x22 ? 0 : p + 3;
  }
  if (c !== 0x75) return 0;
  const code = hex4(p + 2);
  // A quote or a backslash written so would end or escape something in the inner string; control characters don't
  // belong there.
  return code < 0x20 || code === 0x22 || code === 0x5c ? 0 : p + 6;
}

/** The number that four hexadecimal digits give; -1 when they aren't four. */
function hex4(p: usize): i32 {
  let code: i32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const c = load<u8>(p + i) | 0x20;
    const digit: i32 = c >= 0x30 && c <= 0x39 ? c - 0x30 : c >= 0x61 && c <= 0x66 ? c - 0x57 : -1;
    if (digit < 0) return -1;
    code = (code << 4) | digit;
  }
  return code;
}
