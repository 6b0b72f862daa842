/** The opaque id of a thing: its type and row, in base64. */
export function globalId(type: string, row: number): string {
  return Buffer.from(`${type}:${row}`).toString("base64");
}

/** The row of a thing of a type, or `undefined` for another's id. */
export function rowOf(type: string, id: string): number | undefined {
  const [found, row] = Buffer.from(id, "base64").toString().split(":");
  return found === type && row !== undefined && /^\d+$/.test(row) ? Number(row) : undefined;
}
