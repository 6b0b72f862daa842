/** Bitmaps as Apache Arrow lays them out: bit `i` is bit `i % 8`, lowest first, of byte `i / 8`. */

/** The bytes that a bitmap of so many bits takes. */
export function bitmapBytes(length: number): number {
  return (length + 7) >>> 3;
}

export function getBit(bitmap: Uint8Array, index: number): boolean {
  return (((bitmap[index >>> 3] as number) >>> (index & 7)) & 1) === 1;
}

export function setBit(bitmap: Uint8Array, index: number): void {
  const byte = index >>> 3;
  bitmap[byte] = (bitmap[byte] as number) | (1 << (index & 7));
}

/** Sets the bits from `start` to just before `end`. */
export function setBits(bitmap: Uint8Array, start: number, end: number): void {
  let at = start;
  while (at < end && (at & 7) !== 0) setBit(bitmap, at++);
  const whole = at + ((end - at) & ~7);
  if (whole > at) bitmap.fill(0xff, at >>> 3, whole >>> 3);
  for (at = Math.max(at, whole); at < end; at++) setBit(bitmap, at);
}

/** Copies the first `length` bits of `source` into `target`, whose bits there are still 0, from bit `at` on. */
export function copyBits(source: Uint8Array, length: number, target: Uint8Array, at: number): void {
  if ((at & 7) === 0) {
    const bytes = length >>> 3;
    target.set(source.subarray(0, bytes), at >>> 3);
    for (let index = bytes << 3; index < length; index++) {
      if (getBit(source, index)) setBit(target, at + index);
    }
    return;
  }
  const shift = at & 7;
  let byte = at >>> 3;
  for (let index = 0; index < length; index += 8) {
    const left = length - index;
    const mask = left >= 8 ? 0xff : (1 << left) - 1;
    const bits = ((source[index >>> 3] as number) & mask) << shift;
    target[byte] = (target[byte] as number) | (bits & 0xff);
    if (bits > 0xff) target[byte + 1] = (target[byte + 1] as number) | (bits >>> 8);
    byte++;
  }
}

/** How many of the first `length` bits are set. */
export function countBits(bitmap: Uint8Array, length: number): number {
  let count = 0;
  const bytes = length >>> 3;
  for (let index = 0; index < bytes; index++) {
    let byte = bitmap[index] as number;
    byte -= (byte >>> 1) & 0x55;
    byte = (byte & 0x33) + ((byte >>> 2) & 0x33);
    count += (byte + (byte >>> 4)) & 0x0f;
  }
  for (let index = bytes << 3; index < length; index++) if (getBit(bitmap, index)) count++;
  return count;
}
