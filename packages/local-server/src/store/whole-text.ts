/** A character that Unicode keeps for a program's own use: it stands before what takes the place of a NUL. */
const ESCAPE = "\uFDD0";

/** The database cuts a text off at a NUL: this puts something else in its place. */
export function encodeText(value: unknown): unknown {
  if (typeof value !== "string" || !(value.includes("\0") || value.includes(ESCAPE))) return value;
  return value.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll("\0", `${ESCAPE}0`);
}

/** Puts the texts of a row that was read back as they were. */
export function decodeRow<T>(row: T): T {
  for (const key in row) {
    const value = row[key];
    if (typeof value === "string" && value.includes(ESCAPE))
      row[key] = value.replaceAll(`${ESCAPE}0`, "\0").replaceAll(`${ESCAPE}1`, ESCAPE) as typeof value;
  }
  return row;
}
