import { constants } from "node:buffer";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { collectBody, readBody } from "./body.ts";
import { letGo } from "./let-go.ts";

const TEXT = Buffer.alloc(300_000, "0123456789");

/** Bytes as a dispatcher may hand them over: a view of the middle of a buffer that it keeps. */
function lent(bytes: Uint8Array) {
  const kept = new Uint8Array(bytes.length + 20);
  kept.set(bytes, 10);
  return { kept, chunk: kept.subarray(10, 10 + bytes.length) };
}

function body(...chunks: Uint8Array[]) {
  return Readable.from(chunks);
}

describe("letting go of an answer's bytes", () => {
  test.each([
    ["as it is", TEXT, undefined],
    ["packed", gzipSync(TEXT, { level: 0 }), "gzip"],
  ])("leaves the dispatcher the one piece that it handed over, %s", async (_, sent, encoding) => {
    const { kept, chunk } = lent(sent);
    const { bytes } = await readBody(body(chunk), encoding);
    expect(Buffer.compare(bytes, TEXT)).toBe(0);
    letGo(bytes);
    expect(kept.length).toBe(sent.length + 20);
    expect(Buffer.compare(kept.subarray(10, 10 + sent.length), sent)).toBe(0);
  });

  test("frees what was joined or unpacked here, and leaves the pieces", async () => {
    const pieces = [lent(TEXT), lent(TEXT)];
    const joined = await readBody(body(...pieces.map(({ chunk }) => chunk)), undefined);
    const unpacked = await readBody(body(gzipSync(TEXT)), "gzip");
    for (const { bytes } of [joined, unpacked]) {
      expect(bytes.length).toBeGreaterThan(0);
      letGo(bytes);
      expect(bytes.length).toBe(0);
    }
    for (const { kept } of pieces) expect(kept.length).toBe(TEXT.length + 20);
  });

  test("leaves small ones, which may lie in a pool that others use", async () => {
    const { bytes } = await readBody(body(Buffer.from("a"), Buffer.from("b")), undefined);
    letGo(bytes);
    expect(Buffer.from(bytes).toString()).toBe("ab");
  });
});

test("a body that makes no string is refused while it comes", async () => {
  const piece = new Uint8Array(2 ** 26);
  const whole = Math.floor(constants.MAX_STRING_LENGTH / piece.length);
  const rest = constants.MAX_STRING_LENGTH - whole * piece.length;
  const pieces = (last: number) => [...Array(whole).fill(piece), piece.subarray(0, last)];
  await expect(collectBody(body(...pieces(rest + 1)))).rejects.toMatchObject({
    code: "ERR_BUFFER_TOO_LARGE",
  });
  expect(await collectBody(body(...pieces(rest)))).toMatchObject({ wireBytes: constants.MAX_STRING_LENGTH });
});
