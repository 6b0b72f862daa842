import { FLOAT, INT, LONG, POWERS, TENS } from "./layout";

/** The double that the text from `start` to `end` stands for: for the few that aren't decided here. */
declare function slowNumber(start: usize, end: usize): f64;

/** What the number that `number` read is: INT, FLOAT or LONG. */
export let numberTag: u32 = 0;

const MAX_SAFE: u64 = 9007199254740991;

/** Whether the eight bytes are digits. */
function areDigits(word: u64): bool {
  return (
    ((word & 0xf0f0f0f0f0f0f0f0) | (((word + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >>> 4)) ===
    0x3333333333333333
  );
}

/** The number that eight digits give: pairs, then pairs of pairs. */
function eightDigits(word: u64): u64 {
  word = ((word & 0x0f0f0f0f0f0f0f0f) * 2561) >>> 8;
  word = ((word & 0x00ff00ff00ff00ff) * 6553601) >>> 16;
  return ((word & 0x0000ffff0000ffff) * 42949672960001) >>> 32;
}

/**
 * Reads the number at `p` (a minus or a digit) into `cell`, exactly as JSON.parse would.
 *
 * @returns after it; 0 when it isn't JSON's, or a whole number beyond 64 bits
 */
@inline
export function number(p: usize, cell: usize): usize {
  const start = p;
  const negative = load<u8>(p) === 0x2d;
  if (negative) p++;
  const first = p;
  let w: u64 = 0;
  let c: u32 = <u32>load<u8>(p) - 0x30;
  if (c > 9) return 0;
  if (c === 0) {
    p++;
    if (<u32>load<u8>(p) - 0x30 <= 9) return 0;
  } else {
    const word = load<u64>(p);
    if (areDigits(word)) {
      w = eightDigits(word);
      p += 8;
      const next = load<u64>(p);
      if (areDigits(next)) {
        w = w * 100000000 + eightDigits(next);
        p += 8;
      }
    }
    c = <u32>load<u8>(p) - 0x30;
    while (c <= 9) {
      w = w * 10 + c;
      c = <u32>load<u8>(++p) - 0x30;
    }
  }
  let digits = p - first;
  let exponent: i32 = 0;
  c = load<u8>(p);
  if (c !== 0x2e && (c | 0x20) !== 0x65) return whole(p, cell, w, digits, negative);
  if (c === 0x2e) {
    const fraction = ++p;
    let word = load<u64>(p);
    while (areDigits(word)) {
      w = w * 100000000 + eightDigits(word);
      p += 8;
      word = load<u64>(p);
    }
    c = <u32>load<u8>(p) - 0x30;
    while (c <= 9) {
      w = w * 10 + c;
      c = <u32>load<u8>(++p) - 0x30;
    }
    const places = p - fraction;
    if (places === 0) return 0;
    digits += places;
    exponent = -(<i32>places);
    c = load<u8>(p);
  }
  if ((c | 0x20) === 0x65) {
    c = load<u8>(++p);
    const minus = c === 0x2d;
    if (minus || c === 0x2b) p++;
    const power = p;
    let e: i32 = 0;
    c = <u32>load<u8>(p) - 0x30;
    while (c <= 9) {
      if (e < 100000) e = e * 10 + c;
      c = <u32>load<u8>(++p) - 0x30;
    }
    if (p === power) return 0;
    exponent += minus ? -e : e;
  }
  numberTag = FLOAT;
  // 19 digits fit into 64 bits. Zeros in front don't count.
  if (digits > 19 && digits - leadingZeros(first) > 19) {
    store<f64>(cell, slowNumber(start, p));
    return p;
  }
  if (w <= MAX_SAFE + 1 && exponent >= -22 && exponent <= 22) {
    // Both are exact as doubles, so one rounding is the right one (Clinger 1990).
    const ten = load<f64>(TENS + <usize>(exponent < 0 ? -exponent : exponent) * 8);
    const value = exponent < 0 ? <f64>w / ten : <f64>w * ten;
    store<f64>(cell, negative ? -value : value);
    return p;
  }
  const bits = roundedBits(w, exponent);
  if (bits < 0) store<f64>(cell, slowNumber(start, p));
  else store<u64>(cell, <u64>bits | ((<u64>negative) << 63));
  return p;
}

/** Zeros before the first other digit of a number that starts at `p`. */
function leadingZeros(p: usize): usize {
  let zeros: usize = 0;
  while (true) {
    const c = load<u8>(p++);
    if (c === 0x30) zeros++;
    else if (c !== 0x2e) return zeros;
  }
}

function whole(p: usize, cell: usize, w: u64, digits: usize, negative: bool): usize {
  if (digits <= 15 || (digits <= 19 && w <= MAX_SAFE)) {
    // Negative zero is a double: no whole number has its sign.
    numberTag = negative && w === 0 ? FLOAT : INT;
    store<f64>(cell, negative ? -(<f64>w) : <f64>w);
    return p;
  }
  if (digits > 19 || w > ((<u64>1) << 63) - <u64>!negative) return 0;
  numberTag = LONG;
  store<u64>(cell, negative ? 0 - w : w);
  return p;
}

let productLow: u64 = 0;

/** The higher half of a product of 64 by 64 bits; the lower is left in `productLow`. */
@inline
function multiply(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >>> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >>> 32;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 32);
  const other = aLow * bHigh + (middle & 0xffffffff);
  productLow = (other << 32) | (low & 0xffffffff);
  return aHigh * bHigh + (middle >>> 32) + (other >>> 32);
}

/**
 * The bits of the double nearest to w * 10^q, ties to even, by the algorithm of Eisel and Lemire ("Number parsing at a
 * gigabyte per second", 2021, https://arxiv.org/abs/2101.11408).
 *
 * @returns -1 where it can't tell, and for doubles at the ends of the range
 */
@inline
function roundedBits(w: u64, q: i32): i64 {
  if (w === 0) return 0;
  if (q < -342 || q > 308) return -1;
  const zeros = clz(w);
  w <<= zeros;
  const power = POWERS + <usize>(q + 342) * 16;
  let high = multiply(w, load<u64>(power));
  let low = productLow;
  if ((high & 0x1ff) === 0x1ff) {
    const more = multiply(w, load<u64>(power, 8));
    low += more;
    if (low < more) high++;
  }
  if (low === 0xffffffffffffffff && (q < -27 || q > 55)) return -1;
  const upper = high >>> 63;
  const shift = upper + 9;
  let mantissa = high >>> shift;
  let exponent: i64 = <i64>(((217706 * q) >> 16) + 63) + <i64>upper - <i64>zeros + 1023;
  if (exponent <= 0) return -1;
  // Exactly between two doubles: only these powers can be.
  if (low <= 1 && q >= -4 && q <= 23 && (mantissa & 3) === 1 && mantissa << shift === high)
    mantissa &= ~(<u64>1);
  mantissa += mantissa & 1;
  mantissa >>>= 1;
  if (mantissa >= (<u64>1) << 53) {
    mantissa = (<u64>1) << 52;
    exponent++;
  }
  if (exponent >= 0x7ff) return -1;
  return <i64>(mantissa & ~((<u64>1) << 52)) | (exponent << 52);
}

/** After the number at `p`, unread; 0 when it isn't JSON's. */
export function numberEnd(p: usize): usize {
  if (load<u8>(p) === 0x2d) p++;
  if (load<u8>(p) === 0x30) p++;
  else {
    p = digitsEnd(p);
    if (p === 0) return 0;
  }
  if (load<u8>(p) === 0x2e) {
    p = digitsEnd(p + 1);
    if (p === 0) return 0;
  }
  if ((load<u8>(p) | 0x20) === 0x65) {
    p++;
    const sign = load<u8>(p);
    if (sign === 0x2b || sign === 0x2d) p++;
    p = digitsEnd(p);
  }
  return p;
}

/** After the digits at `p`; 0 when there are none. */
function digitsEnd(p: usize): usize {
  const start = p;
  while (<u32>load<u8>(p) - 0x30 <= 9) p++;
  return p === start ? 0 : p;
}
