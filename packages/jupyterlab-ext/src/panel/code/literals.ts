/** What a program's literals hold here. */
export type Literal = string | readonly Literal[] | { readonly [key: string]: Literal };

const WIDTH = 100;

/**
 * A string's literal, the same in TypeScript and in Python: JSON's, with what an editor doesn't show, or what turns the
 * direction of the text around, as an escape too. So nothing in a name ends the string or looks like other code.
 */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Objects and lists on one line where they fit, else a member a line.
 *
 * @param key - how a key of an object is written
 * @param indent - of the line that it begins on
 */
export function literal(value: Literal, key: (name: string) => string, indent = ""): string {
  if (typeof value === "string") return stringLiteral(value);
  const isList = isArray(value);
  const members = (inner: string) =>
    isList
      ? value.map((one) => literal(one, key, inner))
      : Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one, key, inner)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const pad = isList ? "" : " ";
  const flat = `${open}${pad}${members("").join(", ")}${pad}${close}`;
  if (!flat.includes("\n") && indent.length + flat.length <= WIDTH) return flat;
  const deeper = `${indent}  `;
  return `${open}\n${members(deeper)
    .map((member) => `${deeper}${member},\n`)
    .join("")}${indent}${close}`;
}

function isArray(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
