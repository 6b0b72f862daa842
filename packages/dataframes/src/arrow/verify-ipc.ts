import { FlatTable } from "./flat-reader.ts";
import { HEADER } from "./metadata.ts";
import { otherFormat } from "./other-format.ts";
import { TYPE } from "./type-ids.ts";

const FILE_MARK = "ARROW1";
const MOST_LEVELS = 64;
const MOST_FIELDS = 100_000;

/**
 * Looks whether bytes are a whole Arrow IPC stream or file whose messages lie within it and whose buffers lie within
 * their messages: a reader that trusts lengths would go on for ever, or read what isn't there.
 *
 * @returns the codecs that buffers are compressed with, by their numbers
 * @throws Error that says what is wrong
 */
export function verifyIpc(bytes: Uint8Array): ReadonlySet<number> {
  if (bytes.length === 0) throw new Error("there are no bytes");
  const codecs = new Set<number>();
  if (FILE_MARK.startsWith(latin(bytes.subarray(0, FILE_MARK.length)))) verifyFile(bytes, codecs);
  else {
    checkStart(bytes);
    verifyStream(bytes, codecs);
  }
  return codecs;
}

/** Whatever else there is in a wrong file would be read as the length of a message, which is cut off then. */
function checkStart(bytes: Uint8Array): void {
  if (bytes.subarray(0, 4).every((byte) => byte === 0xff)) return; // before Arrow 0.15, there was no such mark
  const other = otherFormat(bytes);
  if (other !== undefined) throw new Error(`they are ${other}, not Arrow data`);
  try {
    messageAt(bytes, 0, new Set());
  } catch (cause) {
    throw new Error("they don't begin as Arrow data does", { cause });
  }
}

function verifyStream(bytes: Uint8Array, codecs: Set<number>): void {
  let at = 0;
  let hasSchema = false;
  while (at < bytes.length) {
    const message = messageAt(bytes, at, codecs);
    if (message === undefined) break;
    hasSchema ||= message.header === HEADER.schema;
    at = message.end;
  }
  if (!hasSchema) throw new Error("there is no schema in them");
}

function verifyFile(bytes: Uint8Array, codecs: Set<number>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footerEnd = bytes.length - FILE_MARK.length - 4;
  const isWhole = latin(bytes.subarray(-FILE_MARK.length)) === FILE_MARK;
  if (footerEnd < 8 || !isWhole) throw new Error("the file is cut off");
  const footerLength = view.getInt32(footerEnd, true);
  if (footerLength <= 0 || footerLength > footerEnd - 8) throw new Error("the file's footer isn't in it");
  const footer = FlatTable.root(bytes.subarray(footerEnd - footerLength, footerEnd));
  const schema = footer.table(1);
  if (schema === undefined) throw new Error("there is no schema in them");
  verifySchema(schema);
  verifyMetadata(footer, 4);
  for (const list of [2, 3]) {
    const blocks = footer.longs(list, 24);
    for (let block = 0; block < blocks.length; block += 3) {
      const start = blocks[block] as number;
      if (start < 0 || start >= footerEnd) throw new Error("a batch lies outside the file");
      if (messageAt(bytes, start, codecs) === undefined) throw new Error("a batch isn't where the file says");
    }
  }
}

/** `undefined` for the mark that ends a stream. */
function messageAt(
  bytes: Uint8Array,
  at: number,
  codecs: Set<number>,
): { end: number; header: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const int = (at: number) => {
    if (at + 4 > bytes.length) throw new Error("they are cut off");
    return view.getInt32(at, true);
  };
  let start = at + 4;
  let length = int(at);
  if (length === -1) {
    length = int(start);
    start += 4;
  }
  if (length === 0) return undefined;
  if (length < 0) throw new Error("a message's length makes no sense");
  if (start + length > bytes.length) throw new Error("they are cut off");
  const message = FlatTable.root(bytes.subarray(start, start + length));
  const header = message.byte(1);
  const bodyLength = message.long(3);
  if (bodyLength < 0 || start + length + bodyLength > bytes.length) throw new Error("they are cut off");
  const content = message.table(2);
  if (content === undefined) throw new Error("a message is empty");
  if (header === HEADER.schema) verifySchema(content);
  else if (header === HEADER.recordBatch) verifyBatch(content, bodyLength, codecs);
  else if (header === HEADER.dictionary) {
    const batch = content.table(1);
    if (batch === undefined) throw new Error("a dictionary is empty");
    verifyBatch(batch, bodyLength, codecs);
  } else throw new Error(`a message is of kind ${header}, which a table has not`);
  return { end: start + length + bodyLength, header };
}

function verifySchema(schema: FlatTable): void {
  let fields = 0;
  const verifyField = (field: FlatTable, level: number) => {
    if (level > MOST_LEVELS) throw new Error(`a column is nested deeper than ${MOST_LEVELS} levels`);
    if (++fields > MOST_FIELDS) throw new Error(`there are more than ${MOST_FIELDS} fields`);
    field.checkText(0);
    const type = field.table(3);
    if (field.byte(2) === TYPE.union) type?.checkList(1, 4);
    if (field.byte(2) === TYPE.timestamp) type?.checkText(1);
    field.table(4)?.table(1);
    verifyMetadata(field, 6);
    for (const child of field.tables(5)) verifyField(child, level + 1);
  };
  for (const field of schema.tables(1)) verifyField(field, 1);
  verifyMetadata(schema, 2);
}

function verifyMetadata(table: FlatTable, id: number): void {
  for (const entry of table.tables(id)) {
    entry.checkText(0);
    entry.checkText(1);
  }
}

function verifyBatch(batch: FlatTable, bodyLength: number, codecs: Set<number>): void {
  const compression = batch.table(3);
  if (compression !== undefined) codecs.add(compression.byte(0));
  if (batch.longs(1, 16).some((value) => value < 0)) throw new Error("a column has fewer rows than none");
  const buffers = batch.longs(2, 16);
  for (let index = 0; index < buffers.length; index += 2) {
    const start = buffers[index] as number;
    const length = buffers[index + 1] as number;
    if (start < 0 || length < 0 || start + length > bodyLength) {
      throw new Error("a column's values reach beyond their message");
    }
  }
  for (const count of batch.longs(4, 8)) {
    if (count < 0 || count > buffers.length) throw new Error("a column has more buffers than its message");
  }
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
