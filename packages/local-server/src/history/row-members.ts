import { members } from "@lazyruns/json";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/**
 * An object's members, each value as the text that stands there; a key that comes twice has its last value.
 *
 * Rows are checked when they are written, so this one only looks for where values end, which is several times faster
 * than reading them. What it can't follow goes to the reader that checks.
 *
 * @throws SyntaxError when the text isn't an object
 */
export function rowMembers(text: string): Map<string, string> {
  return skim(text) ?? new Map(members(text));
}

function skim(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN) return undefined;
  at = skipSpace(text, at + 1);
  if (text.charCodeAt(at) === CLOSE) return found;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return undefined;
    const keyEnd = stringEnd(text, at);
    const colon = skipSpace(text, keyEnd);
    if (keyEnd < 0 || text.charCodeAt(colon) !== COLON) return undefined;
    const start = skipSpace(text, colon + 1);
    const end = valueEnd(text, start);
    if (end < 0) return undefined;
    const key = text.slice(at + 1, keyEnd - 1);
    found.set(key.includes("\\") ? (JSON.parse(`"${key}"`) as string) : key, text.slice(start, end));
    at = skipSpace(text, end);
    const next = text.charCodeAt(at);
    if (next === CLOSE) return found;
    if (next !== COMMA) return undefined;
    at = skipSpace(text, at + 1);
  }
}

/** Where the value that starts here ends, below zero when it doesn't. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  if (first === OPEN || first === OPEN_LIST) return nestedEnd(text, start);
  let at = start;
  for (let code = first; code !== COMMA && code !== CLOSE && code > 32; code = text.charCodeAt(at)) at++;
  return at === start ? -1 : at;
}

function nestedEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(text, at);
      if (end < 0) return -1;
      at = end - 1;
    } else if (code === OPEN || code === OPEN_LIST) depth++;
    else if ((code === CLOSE || code === CLOSE_LIST) && --depth === 0) return at + 1;
  }
  return -1;
}

function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? -1 : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at++;
  return at;
}
