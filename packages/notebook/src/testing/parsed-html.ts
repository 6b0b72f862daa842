import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { expect } from "vitest";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/** All that our HTML is made of. */
const TAGS = new Set("div span b a br table thead tbody tr th td svg path circle g text".split(" "));
const ATTRIBUTES = new Set(
  (
    "style title href colspan scope align xmlns role aria-label width height viewBox d fill fill-opacity stroke " +
    "stroke-opacity stroke-width stroke-linejoin stroke-linecap stroke-dasharray font-size text-anchor x y cx cy r"
  ).split(" "),
);

/** Fails unless HTML parses as nothing but what we write; gives its text, and the text of each cell. */
export function parsedHtml(html: string): { text: string; cells: string[]; attributes: string[] } {
  const errors: string[] = [];
  const root = parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const cells: string[] = [];
  const attributes: string[] = [];
  const walk = (node: Node): string => {
    if (node.nodeName === "#text") return (node as DefaultTreeAdapterMap["textNode"]).value;
    if (node.nodeName !== "#document-fragment") check(node as Element, attributes);
    const text = (node as Element).childNodes.map(walk).join("");
    if (node.nodeName === "td") cells.push(text);
    return text;
  };
  return { text: walk(root), cells, attributes };
}

function check({ tagName, attrs }: Element, attributes: string[]): void {
  expect(TAGS, tagName).toContain(tagName);
  for (const { name, value } of attrs) {
    expect(ATTRIBUTES, `${name} of ${tagName}`).toContain(name);
    if (name === "href") expect(value).toMatch(/^https?:\/\//);
    if (name === "style") expect(value).not.toMatch(/url\(|expression|@import/);
    if (name === "title" || name === "aria-label") attributes.push(value);
  }
}
