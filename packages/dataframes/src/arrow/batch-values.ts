import { isUtf8 } from "node:buffer";
import type { Batch, Column, DataType } from "@uwdata/flechette";
import { isSet } from "../bits.ts";
import { MOST_MILLISECONDS } from "../columns/datetimes.ts";
import { TYPE } from "./type-ids.ts";

/** A dictionary's batch, which has its values beside its keys. */
export type KeyedBatch = Batch<unknown> & { readonly dictionary: Column<unknown> };

const BYTES: ReadonlySet<number> = new Set([TYPE.utf8, TYPE.largeUtf8, TYPE.binary, TYPE.largeBinary]);
const LISTS: ReadonlySet<number> = new Set([TYPE.list, TYPE.largeList, TYPE.map]);

/** Looks whether a batch has what its length promises: flechette reads on beyond the end. @throws RangeError */
export function checkBatch(batch: Batch<unknown>): void {
  const { type, length, nullCount, validity } = batch;
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError("its length makes no sense");
  if (takesNothing(type) && length > MOST_OF_NOTHING)
    throw new RangeError(`it has ${length} rows of nothing`);
  if (type.typeId === TYPE.null) return;
  if (nullCount > 0 && (validity?.length ?? 0) * 8 < length)
    throw new RangeError("it has fewer bits than rows");
  const room = Math.floor(roomOf(batch));
  if (room < length) throw new RangeError(`it has ${room} values for ${length} rows`);
  if (BYTES.has(type.typeId)) checkOffsets(batch, batch.values.length);
  if (LISTS.has(type.typeId)) checkOffsets(batch, itemsOf(batch));
}

/** Rows that take no bytes could be any number, were the bytes broken. */
const MOST_OF_NOTHING = 2 ** 24;

function takesNothing(type: DataType): boolean {
  return type.typeId === TYPE.null || (type.typeId === TYPE.struct && type.children.length === 0);
}

/** How many rows it has values for. */
function roomOf(batch: Batch<unknown>): number {
  const { type, length, values, offsets, children } = batch;
  switch (type.typeId) {
    case TYPE.bool:
      return values.length * 8;
    case TYPE.utf8View:
    case TYPE.binaryView:
      return values.length / 16;
    case TYPE.fixedSizeBinary:
      return type.stride === 0 ? length : values.length / type.stride;
    case TYPE.utf8:
    case TYPE.largeUtf8:
    case TYPE.binary:
    case TYPE.largeBinary:
    case TYPE.list:
    case TYPE.largeList:
    case TYPE.map:
      return length === 0 ? 0 : offsets.length - 1;
    case TYPE.fixedSizeList:
      return type.stride === 0 ? length : itemsOf(batch) / type.stride;
    case TYPE.struct:
      return Math.min(length, ...children.map((child) => child.length));
    default:
      return values.length;
  }
}

function itemsOf({ children }: Batch<unknown>): number {
  return (children[0] as Batch<unknown>).length;
}

function checkOffsets({ offsets, length }: Batch<unknown>, end: number): void {
  if (length === 0) return;
  let last = offsets[0] as number | bigint;
  for (let row = 1; row <= length; row++) {
    const offset = offsets[row] as number | bigint;
    if (offset < last) throw new RangeError("its offsets go backwards");
    last = offset;
  }
  if ((offsets[0] as number | bigint) < 0 || last > end)
    throw new RangeError("its offsets reach beyond its values");
}

/** Whether a row has a value. */
export function isValid({ type, nullCount, validity }: Batch<unknown>, row: number): boolean {
  if (type.typeId === TYPE.null) return false;
  if (!(nullCount > 0)) return true;
  return isSet(validity, row);
}

/** The texts of a batch of text; `""` where there is none. A text that is the one before it again is made once. */
export function textsOf(batch: Batch<unknown>): string[] {
  const { length, offsets, values } = batch;
  if (batch.type.typeId === TYPE.utf8View) {
    return Array.from({ length }, (_, row) => (isValid(batch, row) ? (batch.value(row) as string) : ""));
  }
  const data = Buffer.from(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  const texts = new Array<string>(length);
  let text = "";
  let lastStart = 0;
  let lastEnd = 0;
  for (let row = 0; row < length; row++) {
    if (!isValid(batch, row)) {
      texts[row] = "";
      continue;
    }
    const start = Number(offsets[row]);
    const end = Number(offsets[row + 1]);
    const same = end - start === lastEnd - lastStart && isSame(data, start, lastStart, end - start);
    if (!same) text = data.toString("utf8", start, end);
    texts[row] = text;
    lastStart = start;
    lastEnd = end;
  }
  return texts;
}

/** Bytes as text: as what they say in UTF-8, else as a `data:` URL (RFC 2397). */
export function textOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString("utf8") : `data:;base64,${buffer.toString("base64")}`;
}

/** As far as it pays: longer texts are seldom the same. */
const MOST_COMPARED = 64;

function isSame(data: Uint8Array, a: number, b: number, length: number): boolean {
  if (length > MOST_COMPARED) return false;
  for (let index = 0; index < length; index++) if (data[a + index] !== data[b + index]) return false;
  return true;
}

/** The whole numbers of a batch of an integer type, and whether each is one of 64 bits with a sign. */
export function longsOf({ values, length }: Batch<unknown>): { longs: BigInt64Array; fits: boolean } {
  if (values instanceof BigInt64Array) return { longs: values.subarray(0, length), fits: true };
  if (values instanceof BigUint64Array) {
    const longs = new BigInt64Array(values.buffer, values.byteOffset, length);
    return { longs, fits: longs.every((long) => long >= 0n) };
  }
  const longs = new BigInt64Array(length);
  for (let row = 0; row < length; row++) longs[row] = BigInt(values[row] as number);
  return { longs, fits: true };
}

const PER_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const;

/** A moment of a batch of dates or timestamps in milliseconds since 1970, and whether that is all of it. */
export function momentOf(
  { type, values }: Batch<unknown>,
  row: number,
): { milliseconds: bigint; exact: boolean } {
  const value = BigInt(values[row] as number | bigint);
  if (type.typeId === TYPE.date) {
    return { milliseconds: type.unit === 0 ? value * 86_400_000n : value, exact: true };
  }
  const perSecond = PER_SECOND[(type as { unit: 0 | 1 | 2 | 3 }).unit];
  if (perSecond <= 1000n) return { milliseconds: value * (1000n / perSecond), exact: true };
  const per = perSecond / 1000n;
  const rest = ((value % per) + per) % per;
  return { milliseconds: (value - rest) / per, exact: rest === 0n };
}

const FURTHEST = BigInt(MOST_MILLISECONDS);

/** Whether it is a moment that dates can name. */
export function isDate(milliseconds: bigint): boolean {
  return milliseconds >= -FURTHEST && milliseconds <= FURTHEST;
}
