/** What a program's literals hold here. */
export type Literal = string | readonly Literal[] | { readonly [key: string]: Literal };

/** How long a line may become, in characters. */
const WIDTH = 88;

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

/** How a language's literals are written. */
export interface LiteralStyle {
  /** A key of an object. */
  readonly key: (name: string) => string;
  /** What stands inside the braces of an object on one line. */
  readonly padding: string;
  readonly indent: string;
}

/**
 * Objects and lists on one line where they fit, else a member a line.
 *
 * @param indent - of the line that it begins on
 * @param column - where on that line
 */
export function literal(value: Literal, style: LiteralStyle, indent = "", column = indent.length): string {
  if (typeof value === "string") return stringLiteral(value);
  const [open, close, padding] = isArray(value) ? ["[", "]", ""] : ["{", "}", style.padding];
  const flat = membersOf(value, style, "");
  if (flat.length === 0) return open + close;
  const line = `${open}${padding}${flat.join(", ")}${padding}${close}`;
  if (!line.includes("\n") && column + line.length <= WIDTH) return line;
  const deeper = indent + style.indent;
  const lines = membersOf(value, style, deeper).map((member) => `${deeper}${member},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function membersOf(value: Exclude<Literal, string>, style: LiteralStyle, indent: string): string[] {
  if (isArray(value)) return value.map((one) => literal(one, style, indent));
  return Object.entries(value).map(([name, one]) => `${style.key(name)}: ${literal(one, style, indent)}`);
}

function isArray(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
