// Bitmaps are as Arrow has them: the lowest bit of a byte comes first.

/** The bytes that a bitmap of so many bits takes. */
export function bitmapBytes(length: number): number {
  return (length + 7) >>> 3;
}

export function isSet(bitmap: Uint8Array, bit: number): boolean {
  return (((bitmap[bit >>> 3] as number) >>> (bit & 7)) & 1) === 1;
}

export function setBit(bitmap: Uint8Array, bit: number): void {
  bitmap[bit >>> 3] = (bitmap[bit >>> 3] as number) | (1 << (bit & 7));
}

/** Sets a bit for each byte that isn't 0. */
export function packBits(flags: Uint8Array, target: Uint8Array): void {
  for (let row = 0; row < flags.length; row++) if (flags[row] !== 0) setBit(target, row);
}
