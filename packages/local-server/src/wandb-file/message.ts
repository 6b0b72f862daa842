type Field = bigint | Uint8Array;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/**
 * A protobuf message, its fields found by number; what is absent is proto3's default.
 *
 * This small reader is used instead of a library because integers must stay exact without a second integer type
 * beside `bigint`, a dozen fields of a large schema are wanted, and no code is to be generated at run time.
 *
 * @throws RangeError from the constructor, when the bytes are no message.
 */
export class Message {
  readonly #fields = new Map<number, Field[]>();

  constructor(bytes: Uint8Array) {
    const cursor = { at: 0 };
    while (cursor.at < bytes.length) {
      const tag = Number(varint(bytes, cursor));
      const field = Math.floor(tag / 8);
      if (field === 0) throw new RangeError("A protobuf field has the number 0");
      const values = this.#fields.get(field);
      const value = readField(bytes, cursor, tag % 8);
      if (values) values.push(value);
      else this.#fields.set(field, [value]);
    }
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  /** The numbers of the fields that are there, ascending. */
  numbers(): number[] {
    return [...this.#fields.keys()].sort((a, b) => a - b);
  }

  text(field: number): string {
    return this.texts(field).at(-1) ?? "";
  }

  texts(field: number): string[] {
    return this.#bytes(field).map((bytes) => decoder.decode(bytes));
  }

  /** An int32, int64 or bool. */
  integer(field: number): bigint {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === "bigint" ? BigInt.asIntN(64, value) : 0n;
  }

  /** A sint64, which is stored in zigzag order. */
  signed(field: number): bigint {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === "bigint" ? (value >> 1n) ^ -(value & 1n) : 0n;
  }

  double(field: number): number {
    const bytes = this.#bytes(field).at(-1);
    return bytes?.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true) : 0;
  }

  message(field: number): Message | undefined {
    return this.messages(field).at(-1);
  }

  messages(field: number): Message[] {
    return this.#bytes(field).map((bytes) => new Message(bytes));
  }

  #bytes(field: number): Uint8Array[] {
    return (this.#fields.get(field) ?? []).filter((value) => typeof value !== "bigint");
  }
}

const decoder = new TextDecoder();

function readField(bytes: Uint8Array, cursor: { at: number }, wireType: number): Field {
  switch (wireType) {
    case VARINT:
      return varint(bytes, cursor);
    case FIXED64:
      return take(bytes, cursor, 8);
    case LENGTH_DELIMITED:
      return take(bytes, cursor, Number(varint(bytes, cursor)));
    case FIXED32:
      return take(bytes, cursor, 4);
    default:
      throw new RangeError(`A protobuf field has the unknown wire type ${wireType}`);
  }
}

function take(bytes: Uint8Array, cursor: { at: number }, length: number): Uint8Array {
  const end = cursor.at + length;
  if (end > bytes.length) throw new RangeError("A protobuf field is longer than its message");
  const part = bytes.subarray(cursor.at, end);
  cursor.at = end;
  return part;
}

function varint(bytes: Uint8Array, cursor: { at: number }): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw new RangeError("A protobuf number is cut off");
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError("A protobuf number is longer than 10 bytes");
}
