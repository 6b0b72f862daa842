import { HIGH, LOW } from "../byte-order.ts";

/** Whole numbers of 64 bits as doubles. */
export interface WholeNumbers {
  readonly values: Float64Array;
  /** How many have no double of their own, and became the nearest one. */
  readonly rounded: number;
  /** Whether all of them fit in 32 bits with a sign. */
  readonly fits32: boolean;
}

/** The nearest doubles. They are put together of two halves each: a bigint a number takes several times as long. */
export function wholeNumbers(exact: BigInt64Array): WholeNumbers {
  const { length } = exact;
  const high = new Int32Array(exact.buffer, exact.byteOffset, length * 2);
  const low = new Uint32Array(exact.buffer, exact.byteOffset, length * 2);
  const values = new Float64Array(length);
  let rounded = 0;
  let fits32 = true;
  for (let index = 0; index < length; index++) {
    const value = (high[index * 2 + HIGH] as number) * 2 ** 32 + (low[index * 2 + LOW] as number);
    values[index] = value;
    if (value === (value | 0)) continue;
    fits32 = false;
    if (!Number.isSafeInteger(value) && BigInt(value) !== exact[index]) rounded++;
  }
  return { values, rounded, fits32 };
}
