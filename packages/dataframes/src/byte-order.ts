/** Whether this machine has the lowest byte of a number first, as nearly all have. */
export const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Where in two halves of 32 bits the lower and the higher one of 64 bits stand. */
export const LOW = LITTLE_ENDIAN ? 0 : 1;
export const HIGH = 1 - LOW;
