// @ts-check

/** @typedef {string | number | Date | null | undefined} Cell */

const BARS = "▁▂▃▄▅▆▇█";

const WIDE =
  /[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/gu;

/**
 * A table for a terminal: numbers to the right, everything else to the left, one line a row. A time shows as its age.
 *
 * @param {readonly string[]} header
 * @param {readonly (readonly Cell[])[]} rows
 */
export function table(header, rows) {
  const texts = rows.map((row) => row.map(cellText));
  const columns = header.map((title, index) => ({
    title,
    width: Math.max(...[title, ...texts.map((row) => row[index] ?? "")].map(width)),
    right: rows.some((row) => typeof row[index] === "number"),
  }));
  const line = (/** @type {readonly string[]} */ cells) =>
    columns
      .map(({ width: wide, right }, index) => pad(cells[index] ?? "", wide, right))
      .join("  ")
      .trimEnd();
  const rule = columns.map((column) => "─".repeat(column.width)).join("  ");
  return [line(header), rule, ...texts.map(line)].join("\n");
}

/**
 * A curve in one line of text, from its least value to its greatest. What is no finite number shows as ×.
 *
 * @param {readonly (number | undefined)[]} values
 */
export function sparkline(values) {
  const finite = values.flatMap((value) => (value !== undefined && Number.isFinite(value) ? [value] : []));
  const least = Math.min(...finite);
  const range = Math.max(...finite) - least || 1;
  const bar = (/** @type {number | undefined} */ value = Number.NaN) =>
    Number.isFinite(value) ? BARS[Math.floor(((value - least) / range) * (BARS.length - 0.001))] : "×";
  return values.map(bar).join("");
}

/** @param {Cell} cell */
function cellText(cell) {
  if (cell === null || cell === undefined) return "–";
  if (typeof cell === "number") return numberText(cell);
  if (cell instanceof Date) return age(cell);
  return cell.replace(INVISIBLE, ""); // a name may hold a line break or an escape code
}

/** How long ago a time is, in its greatest unit. @param {Date} time */
function age(time) {
  const minutes = Math.max(0, Math.floor((Date.now() - time.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} d`;
}

/** @param {number} value */
function numberText(value) {
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** How many columns of the terminal a text takes. @param {string} text */
function width(text) {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** @param {string} text @param {number} wide @param {boolean} right */
function pad(text, wide, right) {
  const space = " ".repeat(wide - width(text));
  return right ? space + text : text + space;
}
