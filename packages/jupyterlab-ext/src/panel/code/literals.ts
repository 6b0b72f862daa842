/** What a program's literals hold here. */
export type Literal = string | readonly Literal[] | { readonly [key: string]: Literal };

/** How long a line may become, in characters. */
const WIDTH = 88;

/** How a language writes a sign beyond U+FFFF by its number. */
export type Escape = (code: number) => string;

/** Python's: it takes the halves of a pair for two signs. */
export const PYTHON_ESCAPE: Escape = (code) => `\\U${code.toString(16).padStart(8, "0")}`;

const JSON_ESCAPE: Escape = (code) => surrogates(code).map(escaped).join("");

/** What an editor doesn't show, or shows as space of its own sort, or what turns the direction of the text around. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A string's literal: JSON's, with what isn't seen as an escape too. So nothing in a name ends the string or looks like
 * other code.
 *
 * @param far - how signs beyond U+FFFF are written; default: as JSON and TypeScript have it
 */
export function stringLiteral(text: string, far: Escape = JSON_ESCAPE): string {
  return JSON.stringify(text).replace(UNSEEN, (sign) => {
    const code = sign.codePointAt(0) as number;
    return code > 0xffff ? far(code) : escaped(code);
  });
}

function surrogates(code: number): number[] {
  const pair = String.fromCodePoint(code);
  return [pair.charCodeAt(0), pair.charCodeAt(1)];
}

function escaped(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** How a language's literals are written. */
export interface LiteralStyle {
  readonly text: (text: string) => string;
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
  if (typeof value === "string") return style.text(value);
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
