import stringWidth from "string-width";

const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();
const MORE = "…";

/** How many columns of a terminal a text takes. */
export function width(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** A text filled up to so many columns. */
export function pad(text: string, columns: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, columns - width(text)));
  return right ? space + text : text + space;
}

/** A text in at most so many columns, with an ellipsis at the end where something is left out. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  if (PLAIN.test(text)) return text.slice(0, Math.max(0, columns - 1)) + MORE;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += width(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept + MORE;
}
