import type { HistoryField } from "../../graphql/history-documents.ts";
import type { Chunk } from "../table/chunk.ts";
import { readHistory } from "./read-history.ts";
import type { SplitAnswer } from "./split-answer.ts";

/** Splits an answer without the scanner: several times slower, and it needs nothing but JavaScript. */
export function splitText(text: string, field: HistoryField): SplitAnswer {
  const histories: (readonly Chunk[])[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let at = text.indexOf('"');
  while (at >= 0) {
    const end = stringEnd(text, at);
    const start =
      end - at === field.length + 2 && text.startsWith(field, at + 1) ? afterColon(text, end) : -1;
    let next = end;
    if (start >= 0) {
      next = valueEnd(text, start);
      if (next < 0) break;
      const replacement = replace(text.slice(start, next), field, histories);
      if (replacement !== undefined) {
        pieces.push(text.slice(copied, start), replacement);
        copied = next;
      }
    }
    if (next < 0) break;
    at = text.indexOf('"', next);
  }
  pieces.push(text.slice(copied));
  return { skeleton: pieces.join(""), histories, scanned: 0 };
}

/**
 * What stands for a value of the field in the skeleton; `undefined` when the value itself does. The history is added
 * to `histories`.
 */
export function replace(
  value: string,
  field: HistoryField,
  histories: (readonly Chunk[])[],
): string | undefined {
  if (/^[-\d]/.test(value)) return JSON.stringify(value);
  const chunks = value[0] === "[" ? readHistory(value, field) : undefined;
  return chunks && String(histories.push(chunks) - 1);
}

/** Where the string that opens at `at` ends; -1 when the text ends first. */
function stringEnd(text: string, at: number): number {
  let close = at;
  let backslashes: number;
  do {
    close = text.indexOf('"', close + 1);
    if (close < 0) return -1;
    backslashes = 0;
    while (text[close - 1 - backslashes] === "\\") backslashes++;
  } while (backslashes % 2 === 1);
  return close + 1;
}

/** Where the value of a key that ends at `at` starts; -1 when it was no key. */
function afterColon(text: string, at: number): number {
  const colon = /\s*:\s*/y;
  colon.lastIndex = at;
  return colon.test(text) ? colon.lastIndex : -1;
}

/** Where the value that starts at `start` ends, whatever it holds; -1 when the text ends first. */
function valueEnd(text: string, start: number): number {
  const mark = /["[\]{},\s]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const [found] = match;
    if (found === '"') {
      const end = stringEnd(text, match.index);
      if (end < 0 || depth === 0) return end;
      mark.lastIndex = end;
    } else if (found === "[" || found === "{") depth++;
    else if (found === "]" || found === "}") {
      if (depth <= 1) return depth === 0 ? match.index : mark.lastIndex;
      depth--;
    } else if (depth === 0) return match.index;
  }
  return -1;
}
