import type { DataType } from "@uwdata/flechette";

/** The numbers that flechette and Arrow's schema have for types. */
export const TYPE = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11,
  list: 12,
  struct: 13,
  union: 14,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  runEndEncoded: 22,
  binaryView: 23,
  utf8View: 24,
  listView: 25,
  largeListView: 26,
} as const;

/** A type as Arrow calls it, such as `"LargeUtf8"`. */
export function typeName({ typeId }: DataType): string {
  const found = Object.entries(TYPE).find(([, id]) => id === typeId);
  if (found === undefined) return `of number ${typeId}`;
  return found[0].charAt(0).toUpperCase() + found[0].slice(1);
}
