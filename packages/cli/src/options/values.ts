import { InvalidArgumentError } from "commander";

/** Reads a whole number. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

/**
 * Reads names, separated by commas, and adds them to those of the same option before: a name that holds a comma is given
 * as JSON text, `'"a,b"'`, or in a JSON list, `'["a,b", "c"]'`.
 */
export function names(text: string, before: readonly string[] = []): readonly string[] {
  const list = text.trimStart().startsWith("[") ? jsonList(text) : split(text);
  if (text.trim() === "" || list.includes("")) throw new InvalidArgumentError("A name in it is empty.");
  return [...before, ...list];
}

/** What stands between commas, quoted as JSON text or not. */
function split(text: string): string[] {
  return [...text.matchAll(/\s*("(?:[^"\\]|\\.)*"|[^,]*?)\s*(?:,|$)/gy)]
    .slice(0, text.endsWith(",") ? undefined : -1)
    .map(([, name = ""]) => (/^".*"$/s.test(name) ? (JSON.parse(name) as string) : name));
}

function jsonList(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((name) => typeof name === "string")) return list;
  } catch {
    // a list that isn't JSON is refused below
  }
  throw new InvalidArgumentError(
    'It begins as a JSON list, and must then be one of text, such as ["loss", "val/loss"].',
  );
}

/** Gathers the values of an option that may come several times. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
