import { numberText } from "./format.ts";
import { isoText, plain, shorten } from "./plain.ts";

/** A value as a cell shows it. */
export interface CellText {
  readonly text: string;
  /** The whole of it, where `text` isn't. */
  readonly whole?: string;
  readonly kind: "number" | "text" | "bool" | "nested" | "absent";
}

/** The most characters of a cell. */
const MOST_CELL = 48;
/** And of what is shown when the pointer rests on it. */
const MOST_WHOLE = 120;

/** A value of any kind, as a cell of a table shows it. */
export function cellText(value: unknown): CellText {
  switch (typeof value) {
    case "number":
    case "bigint":
      return numberCell(value);
    case "boolean":
      return { text: String(value), kind: "bool" };
    case "string":
      return textCell(value, "text");
    case "object":
      break;
    default:
      return { text: "", kind: "absent" };
  }
  if (value === null) return { text: "", kind: "absent" };
  if (value instanceof Date) return textCell(isoText(value)?.replace(/\.000Z$/, "Z") ?? "", "text");
  const media = mediaType(value as object);
  if (media !== undefined) return { text: shorten(media, MOST_CELL), kind: "nested" };
  const json = JSON.stringify(plain(value)).replace(/([,:])(?=["[{\d-])/g, "$1 ");
  return textCell(json, "nested");
}

/** Text as it is, and of anything else what a cell shows. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : cellText(value).text;
}

/** A moment that is a date or the text of one; no date otherwise. */
export function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(typeof value === "string" ? value : Number.NaN);
}

function numberCell(value: number | bigint): CellText {
  const text = numberText(value);
  const whole = String(value);
  return whole === text || whole === text.replaceAll(",", "")
    ? { text, kind: "number" }
    : { text, whole, kind: "number" };
}

function textCell(value: string, kind: CellText["kind"]): CellText {
  const text = shorten(value, MOST_CELL);
  return text === value ? { text, kind } : { text, whole: shorten(value, MOST_WHOLE), kind };
}

/** W&B's images, tables and the like name their type. */
function mediaType(value: object): string | undefined {
  const type = (value as { _type?: unknown })._type;
  return typeof type === "string" ? type : undefined;
}
