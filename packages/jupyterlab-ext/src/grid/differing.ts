import { jsonText, TOO_DEEP } from "../data/json.ts";
import type { Cell } from "../data/runs-data.ts";

/** Whether not all of the rows have one value. Nothing differs from any value, and `NaN` is itself. */
export function differs(values: readonly Cell[], rows: ArrayLike<number>): boolean {
  const first = values[rows[0] as number] ?? null;
  for (let at = 1; at < rows.length; at++)
    if (!isSameCell(first, values[rows[at] as number] ?? null)) return true;
  return false;
}

/** Whether two values are one: nested ones by what they hold, if that can be told. */
export function isSameCell(one: Cell, other: Cell): boolean {
  if (Object.is(one, other) || one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const text = jsonText(one);
  return text !== TOO_DEEP && text === jsonText(other);
}
