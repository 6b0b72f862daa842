import type { Json, JsonObject } from "./parse.ts";

const MOST_LEVELS = 50;

/**
 * All values by dotted keys. Nested objects are taken apart; lists, empty objects and W&B's own media objects (they
 * say so by `_type`) are values. A key that itself holds the dots goes before a nested one.
 */
export function flatten(values: Readonly<JsonObject>): Map<string, Json> {
  const flat = new Map<string, Json>();
  const nested = Object.entries(values).filter(([, value]) => isApart(value));
  collect(flat, nested, "", 0);
  for (const [key, value] of Object.entries(values)) if (!isApart(value)) flat.set(key, value);
  return flat;
}

function collect(
  flat: Map<string, Json>,
  entries: readonly (readonly [string, Json])[],
  prefix: string,
  level: number,
): void {
  for (const [key, value] of entries) {
    if (isApart(value) && level < MOST_LEVELS)
      collect(flat, Object.entries(value), `${prefix}${key}.`, level + 1);
    else flat.set(prefix + key, value);
  }
}

function isApart(value: Json): value is JsonObject {
  return isNested(value) && !Object.hasOwn(value, "_type") && Object.keys(value).length > 0;
}

function isNested(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
