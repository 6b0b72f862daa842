import { LITTLE_ENDIAN } from "../byte-order.ts";
import type { PlannedColumn } from "../columns/plan.ts";
import type { ColumnType } from "../columns/types.ts";
import { type Field, FlatBuffer } from "./flatbuffer.ts";
import { TYPE } from "./type-ids.ts";

/**
 * Arrow's messages: https://github.com/apache/arrow/blob/main/format/Message.fbs and Schema.fbs, whose numbers of types
 * and ids of fields these are.
 */
const V5 = 4;
/** The kinds of messages that tables have. */
export const HEADER = { schema: 1, dictionary: 2, recordBatch: 3 } as const;
const DOUBLE = 2;
const MILLISECOND = 1;

/** The key in a field's metadata under which stands what Arrow's type doesn't say: that a text is JSON. */
export const TYPE_KEY = "lazyruns.type";

/** The message that says what columns there are. */
export function schemaMessage(columns: readonly PlannedColumn[]): Uint8Array {
  const buffer = new FlatBuffer();
  const fields = buffer.list(columns.map(({ name, type }) => writeField(buffer, name, type)));
  const schema = buffer.table([short(0, LITTLE_ENDIAN ? 0 : 1), place(1, fields)]);
  return message(buffer, HEADER.schema, schema, 0);
}

/** What a message of rows says of its body. */
export interface BatchLayout {
  readonly numRows: number;
  /** For each column and what is nested in it: its length and how many of it are null. */
  readonly nodes: readonly number[];
  /** For each buffer: where it begins in the body, and its length. */
  readonly buffers: readonly number[];
  readonly bodyLength: number;
}

/** The message that goes before the values of rows. */
export function batchMessage({ numRows, nodes, buffers, bodyLength }: BatchLayout): Uint8Array {
  const buffer = new FlatBuffer();
  const places = [buffer.longs(nodes, 2), buffer.longs(buffers, 2)] as const;
  const batch = buffer.table([long(0, numRows), place(1, places[0]), place(2, places[1])]);
  return message(buffer, HEADER.recordBatch, batch, bodyLength);
}

/** A message as a stream has it: a mark, its length, itself. A multiple of 8 bytes. */
function message(buffer: FlatBuffer, kind: number, header: number, bodyLength: number): Uint8Array {
  const bytes = buffer.finish(
    buffer.table([short(0, V5), byte(1, kind), place(2, header), long(3, bodyLength)]),
  );
  const framed = new Uint8Array(8 + bytes.length);
  framed.fill(0xff, 0, 4);
  new DataView(framed.buffer).setInt32(4, bytes.length, true);
  framed.set(bytes, 8);
  return framed;
}

function writeField(buffer: FlatBuffer, name: string, type: ColumnType): number {
  // Readers want the list of children, though there be none.
  const children = buffer.list(childrenOf(type).map(([name, child]) => writeField(buffer, name, child)));
  const metadata = type.kind === "json" ? writeMetadata(buffer, TYPE_KEY, "json") : undefined;
  const [kind, details] = writeType(buffer, type);
  const fields = [
    place(0, buffer.text(name)),
    byte(1, 1), // may hold nulls
    byte(2, kind),
    place(3, details),
    place(5, children),
  ];
  if (metadata !== undefined) fields.push(place(6, metadata));
  return buffer.table(fields);
}

function childrenOf(type: ColumnType): (readonly [name: string, type: ColumnType])[] {
  if (type.kind === "list") return [["item", type.item]];
  if (type.kind === "struct") return type.fields.map(({ name, type }) => [name, type]);
  return [];
}

function writeType(buffer: FlatBuffer, { kind }: ColumnType): readonly [kind: number, place: number] {
  switch (kind) {
    case "int64":
      return [TYPE.int, buffer.table([int(0, 64), byte(1, 1)])];
    case "float64":
      return [TYPE.float, buffer.table([short(0, DOUBLE)])];
    case "datetime": {
      const zone = buffer.text("UTC");
      return [TYPE.timestamp, buffer.table([short(0, MILLISECOND), place(1, zone)])];
    }
    case "json":
      return [TYPE.utf8, buffer.table([])];
    default:
      return [TYPE[kind], buffer.table([])];
  }
}

function writeMetadata(buffer: FlatBuffer, key: string, value: string): number {
  return buffer.list([buffer.table([place(0, buffer.text(key)), place(1, buffer.text(value))])]);
}

const byte = (id: number, value: number): Field => ({ id, type: "byte", value });
const short = (id: number, value: number): Field => ({ id, type: "short", value });
const int = (id: number, value: number): Field => ({ id, type: "int", value });
const long = (id: number, value: number): Field => ({ id, type: "long", value });
const place = (id: number, value: number): Field => ({ id, type: "place", value });
