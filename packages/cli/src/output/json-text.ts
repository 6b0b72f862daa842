import { stringify } from "@lazyruns/json";
import { UNSAFE } from "./people/safe-text.ts";

/**
 * A value as JSON that any terminal may show: what it would act on is escaped. What JSON has no number for is text:
 * `"NaN"`, `"Infinity"`, `"-Infinity"`. Whole numbers have all their digits.
 *
 * @example
 * jsonText({ name: "\u009b31m", loss: Number.NaN }); // '{"name":"\\u009b31m","loss":"NaN"}'
 */
export function jsonText(value: unknown): string {
  return escapedJson(stringify(value, { nonFinite: "string" }));
}

/** JSON text, over lines or not, with what a terminal would act on escaped. */
export function escapedJson(text: string): string {
  return text.replace(UNSAFE, (characters) => (characters === "\n" ? "\n" : escapes(characters)));
}

/** One escape for each half of what stands beyond 16 bits. */
function escapes(characters: string): string {
  return Array.from({ length: characters.length }, (_, at) => {
    return `\\u${characters.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }).join("");
}
