import { numberEnd } from "./number";
import { escaped, isQuote, space, stringEnd } from "./strings";

/** Deeper values are left to the slow way, rather than to end the stack. */
const MAX_DEPTH: i32 = 100;

/** Whether a string in the values that `valueEnd` stepped over has escapes. Whoever calls it from outside resets it. */
export let nestedEscaped: bool = false;

export function resetNested(): void {
  nestedEscaped = false;
}

/** After the value at `p`, when it is JSON or Python's JSON; else 0. Escapes within strings aren't looked into. */
export function valueEnd<Q>(p: usize, depth: i32): usize {
  if (isQuote<Q>(p)) return textEnd<Q>(p);
  const c = load<u8>(p);
  if (c !== 0x7b && c !== 0x5b) return scalarEnd(p);
  if (depth === MAX_DEPTH) return 0;
  const close: u8 = c + 2;
  p = space<Q>(p + 1);
  if (load<u8>(p) === close) return p + 1;
  while (true) {
    if (c === 0x7b) {
      if (!isQuote<Q>(p)) return 0;
      p = textEnd<Q>(p);
      if (p === 0) return 0;
      p = space<Q>(p);
      if (load<u8>(p) !== 0x3a) return 0;
      p = space<Q>(p + 1);
    }
    p = valueEnd<Q>(p, depth + 1);
    if (p === 0) return 0;
    p = space<Q>(p);
    const after = load<u8>(p);
    if (after === close) return p + 1;
    if (after !== 0x2c) return 0;
    p = space<Q>(p + 1);
  }
}

/** After the string whose quote is at `p`; 0 when it isn't one. */
function textEnd<Q>(p: usize): usize {
  p = stringEnd<Q>(p + sizeof<Q>());
  if (escaped) nestedEscaped = true;
  return p === 0 ? 0 : p + sizeof<Q>();
}

function scalarEnd(p: usize): usize {
  const word = load<u32>(p);
  if (word === 0x6c6c756e || word === 0x65757274) return p + 4; // null, true
  if (word === 0x736c6166 && load<u8>(p, 4) === 0x65) return p + 5; // false
  if ((word & 0xffffff) === 0x4e614e) return p + 3; // NaN
  if (isInfinity(p)) return p + 8;
  if (load<u8>(p) === 0x2d && isInfinity(p + 1)) return p + 9;
  return numberEnd(p);
}

/** Whether the eight bytes are the word Infinity. */
export function isInfinity(p: usize): bool {
  return load<u64>(p) === 0x7974696e69666e49;
}
