import { expect, test } from "vitest";
import { markOwn } from "../../transport/let-go.ts";
import { BuffersInUse } from "./buffers-in-use.ts";
import { type Chunk, chunkOf } from "./chunk.ts";

/** Chunks whose one column each lies in the same memory. */
function chunksIn(buffer: ArrayBuffer): Chunk[] {
  return [0, 1].map((half) => {
    const values = new Float64Array(buffer, half * 80_000, 10_000);
    return chunkOf(values.length, [
      ["loss", { kind: "float64", values, exact: null, validity: null, present: null }],
    ]);
  });
}

test("memory is freed when the last chunk in it is done with, and not before", () => {
  const buffer = new ArrayBuffer(160_000);
  markOwn(new Uint8Array(buffer));
  const [first, second] = chunksIn(buffer) as [Chunk, Chunk];
  const inUse = new BuffersInUse([first, second]);
  inUse.done(first);
  expect(buffer.byteLength).toBe(160_000);
  inUse.done(second);
  expect(buffer.byteLength).toBe(0);
});

test("memory that wasn't made here stays", () => {
  const buffer = new ArrayBuffer(160_000);
  const chunks = chunksIn(buffer);
  const inUse = new BuffersInUse(chunks);
  for (const chunk of chunks) inUse.done(chunk);
  expect(buffer.byteLength).toBe(160_000);
});
