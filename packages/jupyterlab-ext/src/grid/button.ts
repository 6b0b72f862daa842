import { element, type Parts, button as plain } from "../dom.ts";

/** Makes a button as they look around a grid, that shows a text, an icon or both. */
export function button({
  icon,
  text,
  class: name,
  ...parts
}: Parts & { readonly icon?: SVGElement }): HTMLButtonElement {
  return plain(
    { ...parts, class: `lr-button ${name ?? ""}`.trim() },
    icon,
    text === undefined ? undefined : element("span", { text }),
  );
}
