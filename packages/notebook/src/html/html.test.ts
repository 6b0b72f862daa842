import fc from "fast-check";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { expect, test } from "vitest";
import { html } from "./html.ts";

/** What tries to be more than text. */
const HOSTILE = [
  "<script>alert(1)</script>",
  '" onmouseover="x',
  "' onfocus='x' autofocus='",
  "</td></table><img src=x onerror=alert(1)>",
  "<!--",
  "-->",
  "]]>",
  "&lt;b&gt;",
  "&#60;",
  "javascript:alert(1)",
  "</style><style>",
  "`x`",
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }), fc.string()), { maxLength: 4 })
  .map((parts) => parts.join(""));

/** What is left of a text in HTML. */
const kept = (value: string) =>
  value.replace(/(?![\t\n])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, "\uFFFD");

test("whatever is put into a template is text, of content and of attributes", () => {
  fc.assert(
    fc.property(text, text, (content, title) => {
      const made = String(html`<td title="${title}">${content}</td>`);
      const root = parseFragment(`<table><tbody><tr>${made}</tr></tbody></table>`);
      let row = root as DefaultTreeAdapterMap["parentNode"];
      for (let level = 0; level < 3; level++) row = row.childNodes[0] as DefaultTreeAdapterMap["parentNode"];
      expect(row.childNodes).toHaveLength(1);
      const [cell] = row.childNodes as DefaultTreeAdapterMap["element"][];
      expect(cell?.attrs).toEqual([{ name: "title", value: kept(title) }]);
      expect(cell?.childNodes.map((node) => (node as DefaultTreeAdapterMap["textNode"]).value).join("")).toBe(
        kept(content),
      );
    }),
    { numRuns: 500 },
  );
});

test("templates hold templates, lists and nothing", () => {
  const items = ["<", 2].map((item) => html`<b>${item}</b>`);
  expect(String(html`<p>${items}${undefined}${["a", [">"]]}</p>`)).toBe("<p><b>&lt;</b><b>2</b>a&gt;</p>");
});
