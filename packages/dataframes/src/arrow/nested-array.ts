import type { ListType, StructType } from "../columns/types.ts";
import type { ArrowArray } from "./arrays.ts";

export function nestedArray(_type: ListType | StructType, _values: readonly unknown[]): ArrowArray {
  throw new Error("not here yet");
}
