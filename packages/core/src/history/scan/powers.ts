/**
 * The powers of five from 5^-342 to 5^308, 128 bits each (the higher 64 first), shifted so that the highest bit is set:
 * what the scanner's number reader multiplies by. What doesn't fit is cut off; the negative powers are rounded up, the
 * small ones after the cut and the others before it (the table of Lemire, "Number parsing at a gigabyte per second",
 * 2021, https://arxiv.org/abs/2101.11408).
 */
export function powersOfFive(): BigUint64Array {
  const powers = new BigUint64Array(651 * 2);
  const put = (exponent: number, bits128: bigint) => {
    powers[(exponent + 342) * 2] = bits128 >> 64n;
    powers[(exponent + 342) * 2 + 1] = bits128; // the array keeps the lower 64
  };
  put(0, 1n << 127n);
  let power = 1n;
  for (let exponent = 1; exponent <= 342; exponent++) {
    power *= 5n;
    const bits = bitLength(power, exponent);
    if (exponent <= 308) put(exponent, shift(power, 128n - bits));
    const more = exponent <= 27 ? 0n : bits + 1n;
    put(-exponent, ((1n << (bits + 127n + more)) / power + 1n) >> more);
  }
  return powers;
}

function shift(value: bigint, by: bigint): bigint {
  return by < 0n ? value >> -by : value << by;
}

/** The bits of 5^exponent: its logarithm says, to within one. */
function bitLength(power: bigint, exponent: number): bigint {
  const bits = BigInt(Math.floor(exponent * Math.log2(5)));
  return power >> bits === 0n ? bits : bits + 1n;
}
