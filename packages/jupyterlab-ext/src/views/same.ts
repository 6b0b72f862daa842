import { JSONExt, type ReadonlyPartialJSONValue } from "@lumino/coreutils";

/** Whether two JSON values are the same; false where they are nested too deep to compare. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  try {
    return JSONExt.deepEqual(one as ReadonlyPartialJSONValue, other as ReadonlyPartialJSONValue);
  } catch {
    return false;
  }
}
