/** What files begin with that are taken for Arrow data. */
const BEGINNINGS = [
  ["PAR1", "a Parquet file"],
  ["PARE", "a Parquet file"],
  ["FEA1", "a Feather file of version 1"],
  ["\x1f\x8b", "a gzip file"],
  ["\x28\xb5\x2f\xfd", "a Zstandard file"],
] as const;
const JSON_START = /^(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[[{"\d\]-])/;
const TEXT = /^[\t\n\r\x20-\x7e\x80-\xf4]*$/;

/** What bytes are that are no Arrow data, where that shows. */
export function otherFormat(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  const found = BEGINNINGS.find(([beginning]) => head.startsWith(beginning));
  if (found !== undefined) return found[1];
  if (JSON_START.test(head)) return "JSON";
  return TEXT.test(head) ? "text" : undefined;
}
