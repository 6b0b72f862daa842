import type { GraphicsContext } from "@lumino/datagrid";

/** The part of a text that fits, with `…` at its end where it is cut. The font must be set. */
export function fitText(gc: GraphicsContext, text: string, width: number): string {
  if (text === "" || width <= 0) return "";
  // No letter is so narrow that this many fit.
  const most = Math.ceil(width / 2);
  if (text.length <= most && gc.measureText(text).width <= width) return text;
  const letters = [...(text.length > most ? text.slice(0, most) : text)];
  let fits = 0;
  let tooMany = letters.length + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (gc.measureText(`${letters.slice(0, middle).join("")}…`).width <= width) fits = middle;
    else tooMany = middle;
  }
  return `${letters.slice(0, fits).join("").trimEnd()}…`;
}
