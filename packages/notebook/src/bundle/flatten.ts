/** Deeper objects stay values. */
const MOST_LEVELS = 12;

/**
 * Named values with nested ones taken apart: `optimizer.lr`. Lists, empty objects and W&B's media objects (which name
 * their `_type`) stay whole. A key that itself has the dots goes before a nested one.
 */
export function flatten(values: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  const put = (key: string, value: unknown, level: number) => {
    if (level < MOST_LEVELS && isApart(value)) {
      for (const [name, inner] of Object.entries(value)) put(`${key}.${name}`, inner, level + 1);
    } else if (!flat.has(key) || level === 0) flat.set(key, value);
  };
  for (const [key, value] of Object.entries(values)) put(key, value, 0);
  return flat;
}

function isApart(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    Object.keys(value).length > 0 &&
    !Object.hasOwn(value, "_type")
  );
}
