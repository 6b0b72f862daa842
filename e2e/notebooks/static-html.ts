import { type DefaultTreeAdapterMap, parseFragment } from "parse5";

type Node = DefaultTreeAdapterMap["node"];

/** Elements that run code, load something, or ask for something. */
const REFUSED =
  /^(script|iframe|object|embed|link|meta|base|form|input|button|img|image|video|audio|use|foreignobject)$/i;
const ADDRESSES = /^(href|src|xlink:href|action|formaction|srcdoc|data|poster|background)$/i;

/** What of some HTML is not plain, static and without a network: empty when all of it is. */
export function htmlProblems(html: string): string[] {
  return [...problemsOf(parseFragment(html))];
}

function* problemsOf(node: Node): Generator<string> {
  if ("tagName" in node) {
    if (REFUSED.test(node.tagName)) yield `<${node.tagName}> in the HTML`;
    for (const { name, value } of node.attrs) {
      if (/^on/i.test(name)) yield `an event handler ${name} in the HTML`;
      if (ADDRESSES.test(name) && !/^(https?:\/\/|#)/i.test(value)) yield `${name}="${value}" in the HTML`;
      if (name === "style") yield* styleProblems(value);
    }
  }
  if (!("childNodes" in node)) return;
  for (const child of node.childNodes) {
    if ("tagName" in node && node.tagName === "style" && "value" in child) yield* styleProblems(child.value);
    else yield* problemsOf(child);
  }
}

function* styleProblems(css: string): Generator<string> {
  if (/url\s*\(|@import|expression\s*\(|javascript:/i.test(css)) yield `a style that loads something: ${css}`;
}
