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
  const parts = Array.from(graphemes.segment(text.slice(0, columns * MOST_UNITS)), ({ segment }) => segment);
  return fitting(parts, columns - 1).join("") + MORE;
}

/** The same with what is left out at the start. */
export function cutStart(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment).reverse();
  return (
    MORE +
    fitting(parts, columns - 1)
      .reverse()
      .join("")
  );
}

/** More than any sign on one column of a terminal needs: what is behind is not looked at. */
const MOST_UNITS = 64;

/** As many of the first signs as there is room for. */
function fitting(signs: readonly string[], columns: number): string[] {
  let used = 0;
  const end = signs.findIndex((sign) => {
    used += width(sign);
    return used > columns;
  });
  return signs.slice(0, end < 0 ? undefined : end);
}
