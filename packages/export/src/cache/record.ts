import { isRange, type Range } from "./ranges.ts";

/** A range of a file that is in the cache, and the SHA-256 of its bytes. */
export interface HeldRange extends Range {
  readonly sha256: string;
}

/** What is known of a file in the cache, or of a part of one. */
export interface FileRecord {
  /** Of which contents it is. */
  readonly identity: string;
  /** Of the file on the server, and of the local one, which has holes where nothing was fetched. */
  readonly size: number;
  /** When the local file was last written, in milliseconds since 1970: another time, and nothing of it is trusted. */
  readonly mtimeMs: number;
  readonly ranges: readonly HeldRange[];
  /** Of these ranges, those that were decoded once without a fault. */
  readonly proved: readonly Range[];
}

const FORMAT = 1;

/** A record as a file keeps it. */
export function writeRecord(record: FileRecord): string {
  return JSON.stringify({ format: FORMAT, ...record });
}

/** Reads what `writeRecord()` gave; undefined for anything else. */
export function readRecord(text: string, identity: string): FileRecord | undefined {
  let given: { readonly [K in keyof FileRecord | "format"]?: unknown };
  try {
    given = JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
  const { format, size, mtimeMs, ranges, proved } = given;
  if (format !== FORMAT || given.identity !== identity || !isWhole(size)) return undefined;
  if (
    typeof mtimeMs !== "number" ||
    !Array.isArray(proved) ||
    !proved.every(isRange) ||
    !Array.isArray(ranges)
  )
    return undefined;
  let end = -1;
  for (const range of ranges as unknown[]) {
    if (!isHeld(range) || range.start <= end || range.end > size) return undefined;
    end = range.end;
  }
  return { identity, size, mtimeMs, ranges: ranges as HeldRange[], proved };
}

function isHeld(value: unknown): value is HeldRange {
  return isRange(value) && typeof (value as { sha256?: unknown }).sha256 === "string";
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
