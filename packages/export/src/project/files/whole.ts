import { stat } from "node:fs/promises";
import { sha256 } from "./durable.ts";

/** A file's size in bytes; -1 for none. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => -1,
  );
}

/** Whether a file is there with the bytes that it had. */
export async function isWhole(
  path: string,
  { bytes, sha256: sum }: { readonly bytes: number; readonly sha256: string },
): Promise<boolean> {
  return (await sizeOf(path)) === bytes && (await sha256(path)) === sum;
}
