import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BLOCK_SIZE, LogBlocks } from "./log-blocks.ts";

const HEADER = 7;

/** Writes records as the format says, behind a file header; also tells where each record ends. */
function writeLog(records: Uint8Array[]): { file: Buffer; ends: number[] } {
  const parts: Buffer[] = [Buffer.alloc(HEADER)];
  const ends: number[] = [];
  let at = HEADER;
  const push = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const record of records) {
    let rest = Buffer.from(record);
    for (let first = true; first || rest.length > 0; first = false) {
      let room = BLOCK_SIZE - (at % BLOCK_SIZE);
      if (room < HEADER) {
        push(Buffer.alloc(room));
        room = BLOCK_SIZE;
      }
      const payload = rest.subarray(0, room - HEADER);
      rest = rest.subarray(payload.length);
      const last = rest.length === 0;
      const body = Buffer.concat([Buffer.from([first ? (last ? 1 : 2) : last ? 4 : 3]), payload]);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(crc32(body), 0);
      head.writeUInt16LE(payload.length, 4);
      push(Buffer.concat([head, body]));
      if (last) break;
    }
    ends.push(at);
  }
  return { file: Buffer.concat(parts), ends };
}

function readAll(file: Uint8Array): { records: Buffer[]; blocks: LogBlocks } {
  const blocks = new LogBlocks();
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; at += BLOCK_SIZE) {
    for (const record of blocks.records(file.subarray(at, at + BLOCK_SIZE), at === 0 ? HEADER : 0)) {
      records.push(Buffer.from(record));
    }
  }
  blocks.end();
  return { records, blocks };
}

/** Sizes about the block's, so that records end near, at and across its end. */
const someRecords = fc.array(
  fc
    .tuple(fc.oneof(fc.nat(300), fc.integer({ min: 32_700, max: 32_800 }), fc.nat(90_000)), fc.nat(255))
    .map(([size, byte]) => new Uint8Array(size).fill(byte)),
  { minLength: 1, maxLength: 6 },
);

test("what was written is read, whatever the sizes", () => {
  fc.assert(
    fc.property(someRecords, (records) => {
      const { records: read, blocks } = readAll(writeLog(records).file);
      expect(read.map((record) => record.length)).toEqual(records.map((record) => record.length));
      expect(read.every((record, at) => record.equals(records[at] ?? new Uint8Array()))).toBe(true);
      expect([blocks.badBlocks, blocks.tornRecords]).toEqual([0, 0]);
    }),
  );
});

test("a file cut off at any byte gives exactly the records that were whole", () => {
  fc.assert(
    fc.property(someRecords, fc.nat(), (records, place) => {
      const { file, ends } = writeLog(records);
      const length = HEADER + (place % (file.length - HEADER + 1));
      const { records: read } = readAll(file.subarray(0, length));
      expect(read.length).toBe(ends.filter((end) => end <= length).length);
    }),
  );
});

test("a flipped byte costs nothing before it, makes no new record, and is counted", () => {
  fc.assert(
    fc.property(someRecords, fc.nat(), fc.integer({ min: 1, max: 255 }), (records, place, mask) => {
      const { file, ends } = writeLog(records);
      const at = HEADER + (place % (file.length - HEADER));
      file[at] = (file[at] ?? 0) ^ mask;
      const { records: read, blocks } = readAll(file);
      const before = ends.filter((end) => end <= at).length;
      const known = new Set(records.map((record) => Buffer.from(record).toString("latin1")));
      expect(read.length).toBeGreaterThanOrEqual(before);
      expect(read.every((record) => known.has(record.toString("latin1")))).toBe(true);
      // Padding at the end of a block means nothing, so a flip there may lose nothing.
      if (read.length < records.length) expect(blocks.badBlocks + blocks.tornRecords).toBeGreaterThan(0);
    }),
  );
});
