import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gunzip } from "./gunzip.ts";

const LARGE = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 2654435761) >>> 24));

function withSize(gzip: Buffer, size: number): Buffer {
  const copy = Buffer.from(gzip);
  copy.writeUInt32LE(size >>> 0, copy.length - 4);
  return copy;
}

test("gives back what was packed, in one member or several, small or large", async () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(LARGE)));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
      const packed = Buffer.concat(pieces.map((bytes) => gzipSync(bytes)));
      expect(Buffer.compare(await gunzip(packed), Buffer.concat(pieces))).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test("a last member that is small doesn't cut what came before it", async () => {
  const packed = Buffer.concat([gzipSync(LARGE), gzipSync("x")]);
  expect(Buffer.compare(await gunzip(packed), Buffer.concat([LARGE, Buffer.from("x")]))).toBe(0);
});

test.each([0, 1, 5, 399_999, 400_001, 2 ** 31, 2 ** 32 - 1])(
  "a trailer that says %i bytes is found out, not believed",
  async (size) => {
    await expect(gunzip(withSize(gzipSync(LARGE), size))).rejects.toMatchObject({ code: "Z_DATA_ERROR" });
  },
);

test.each([10, 20, 2000, -1])("bytes that break off at %i", async (end) => {
  await expect(gunzip(gzipSync(LARGE).subarray(0, end))).rejects.toMatchObject({ code: "Z_BUF_ERROR" });
});

test("bytes that are no gzip", async () => {
  await expect(gunzip(Buffer.from("{}"))).rejects.toMatchObject({ code: "Z_DATA_ERROR" });
  await expect(gunzip(deflateRawSync(LARGE))).rejects.toMatchObject({ code: "Z_DATA_ERROR" });
});

test("a bomb is cut off, whatever its trailer says", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  for (const packed of [bomb, withSize(bomb, 100)]) {
    const before = process.memoryUsage().arrayBuffers;
    await expect(gunzip(packed, 1_000_000)).rejects.toMatchObject({ code: "ERR_BUFFER_TOO_LARGE" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  }
});
