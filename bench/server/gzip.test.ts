import { crc32, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { joinCrc, shiftOf } from "./crc.mjs";
import { compress, joinGzip } from "./gzip.mjs";

it("joins CRCs as if the texts were one", () => {
  for (const [a, b] of [
    ["", ""],
    ["a", ""],
    ["", "b"],
    ["hello, ", "world"],
    ["x".repeat(99_999), "é😀".repeat(12_345)],
  ] as const) {
    const second = Buffer.from(b);
    expect(joinCrc(crc32(a), crc32(second), shiftOf(second.length))).toBe(crc32(Buffer.from(a + b)));
  }
});

it("joins texts and pieces into one gzip stream with the trailer of the whole", () => {
  const long = Array.from({ length: 30_000 }, (_, index) => `${index * 7919} `).join("");
  const parts = ["start ", compress(long), "", "é😀", compress("x"), long, "y".repeat(16_000), compress("")];
  const expected = `start ${long}é😀x${long}${"y".repeat(16_000)}`;
  const joined = joinGzip(parts);
  expect(gunzipSync(joined).toString()).toBe(expected);
  expect(joined.readUInt32LE(joined.length - 4)).toBe(Buffer.byteLength(expected));
  expect(gunzipSync(joinGzip([])).toString()).toBe("");
  expect(gunzipSync(joinGzip(["z".repeat(15_000), "é".repeat(16_000)])).length).toBe(47_000);
});
