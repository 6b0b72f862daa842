// @ts-check
// What a run logged is JSON of any shape: these look at a value before it is used.

/** @typedef {import("@lazyruns/core").RunValue | undefined} Value */

/** The entries of a dictionary; none when the value is something else. @param {Value} value */
export function dictionary(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** @param {Value} value */
export function number(value) {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

/** @param {Value} value */
export function text(value) {
  return typeof value === "string" ? value : undefined;
}
