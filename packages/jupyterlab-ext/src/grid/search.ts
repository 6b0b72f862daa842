import type { Cell } from "../data/runs-data.ts";
import type { NumberFormat } from "../settings/view-settings.ts";
import type { GridColumn } from "./column.ts";
import { cellText, wholeText } from "./format.ts";

/** Texts of columns' cells as they are compared; kept as long as the columns are. */
const folded = new WeakMap<GridColumn, string[]>();

/** Whether rows have a text in a cell. */
type CellTest = (row: number) => boolean;

/**
 * A test of rows: whether one cell of theirs has the whole text that is searched for, in capitals or not, with accents or
 * without; undefined: nothing is searched for.
 *
 * @param columns - those that are looked at
 * @param format - how their numbers are shown
 */
export function searchTest(
  search: string,
  columns: readonly GridColumn[],
  format: NumberFormat,
): CellTest | undefined {
  const wanted = fold(search.trim());
  if (wanted === "") return undefined;
  const isOfNumbers = NUMERIC.test(wanted);
  // Texts first: they are the cheaper ones, and mostly what is meant.
  const texts = columns.filter(({ kind }) => kind !== "number").map((column) => textTest(column, wanted));
  const numbers = columns
    .filter(({ kind }) => kind === "number" && isOfNumbers)
    .map((column) => numberTest(column, wanted, format));
  const tests = [...texts, ...numbers];
  return (row) => tests.some((test) => test(row));
}

function textTest(column: GridColumn, wanted: string): CellTest {
  const texts = textsOf(column);
  return (row) => (texts[row] as string).includes(wanted);
}

function textsOf(column: GridColumn): string[] {
  let texts = folded.get(column);
  if (texts === undefined) {
    const { kind, values, asides } = column;
    texts = values.map((value, row) => {
      const text = kind === "json" ? wholeText(kind, value) : cellText(kind, value, "full");
      const aside = asides?.[row] ?? "";
      return fold(aside === "" ? text : `${text} ${aside}`);
    });
    folded.set(column, texts);
  }
  return texts;
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize("NFD").replace(ACCENTS, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are ASCII as well
const ASCII = /^[\x00-\x7f]*$/;
const ACCENTS = /[\u0300-\u036f]/g;
/** What the text of a number can have a part of. */
const NUMERIC = /^(?:[\d.,e+-]+|n?an?|n|−?∞|−)$/;
/** How many digits tell a number where it is shown in short, without zeros at its ends. */
const SHORT_DIGITS = 5;

function numberTest({ values }: GridColumn, wanted: string, format: NumberFormat): CellTest {
  const has = format === "full" ? wholeHas(wanted) : shortHas(wanted);
  return (row) => {
    const value = values[row];
    if (typeof value === "number") return has(value);
    return value !== null && value !== undefined && textHas(value, wanted, format);
  };
}

function wholeHas(wanted: string) {
  return (value: number) => textHas(value, wanted, "full");
}

/**
 * Whether a number has a text where it is shown in short, or all of its digits begin with it. That is asked for a million
 * numbers at once: those that haven't are told by what costs less than their texts.
 */
function shortHas(wanted: string) {
  const digits = wanted.replaceAll(",", "").replace(/^-/, "");
  const numDigits = digits
    .replace(/e.*$/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "").length;
  const least = wanted.includes(",") ? 999 : 0;
  // What is before a point ends what is before the number's: rounding doesn't change it where there is a point left.
  const before = /^-?(\d+)\.\d/.exec(wanted)?.[1];
  const power = 10 ** (before?.length ?? 0);
  const beginning = beginningTest(wanted);
  return (value: number) => {
    const size = Math.abs(value);
    if (beginning(value, size)) return true;
    if (size < least) return false;
    if (size < 1e15 && (size >= 1e5 || Number.isInteger(value))) {
      const whole = String(Math.round(size));
      if (!whole.includes(digits)) return false;
      if (`${value < 0 ? "-" : ""}${whole}`.includes(wanted)) return true;
    } else if (size >= 1e-4 && size < 99_999) {
      if (before !== undefined && Math.floor(size) % power !== Number(before)) return false;
      if (numDigits > SHORT_DIGITS || !size.toPrecision(SHORT_DIGITS).includes(digits)) return false;
    }
    return textHas(value, wanted, "short");
  };
}

function beginningTest(wanted: string): (value: number, size: number) => boolean {
  if (!/^-?\d+\.\d+$/.test(wanted)) return (value) => value === Number(wanted);
  const number = Math.abs(Number(wanted));
  // The numbers that begin with it are less than this above it.
  const step = 10 ** -(wanted.split(".")[1]?.length ?? 0) * (1 + 1e-9);
  return (value, size) =>
    (size < 1e-6 || (size >= number && size < number + step)) && String(value).startsWith(wanted);
}

function textHas(value: NonNullable<Cell>, wanted: string, format: NumberFormat): boolean {
  return cellText("number", value, format).toLowerCase().includes(wanted);
}
