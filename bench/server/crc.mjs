// CRC-32 of joined texts from the CRC-32 of each, so that ready-made pieces can be joined without reading them again.
// The method is zlib's (crc32_combine): a CRC is a polynomial over GF(2), and to append n bytes multiplies it by x^8n.

/** x^0, with the lowest power in the highest bit, as CRC-32 has it. */
const ONE = 0x80000000;
const POLYNOMIAL = 0xedb88320;

/** @param {number} a @param {number} b */
function multiply(a, b) {
  let product = 0;
  let factor = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** x^(2^n), for n from 0. */
const SQUARES = [0x40000000];
for (let n = 1; n < 64; n++) SQUARES.push(multiply(SQUARES[n - 1] ?? 0, SQUARES[n - 1] ?? 0));

/**
 * What a CRC is multiplied by when bytes are appended.
 *
 * @param {number} length - how many bytes
 */
export function shiftOf(length) {
  let shift = ONE;
  let power = 3; // 8 bits a byte
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shift = multiply(SQUARES[power] ?? 0, shift);
    power++;
  }
  return shift;
}

/**
 * The CRC of two texts joined.
 *
 * @param {number} first
 * @param {number} second
 * @param {number} secondShift - `shiftOf` the second's length
 */
export function joinCrc(first, second, secondShift) {
  return (multiply(secondShift, first) ^ second) >>> 0;
}
