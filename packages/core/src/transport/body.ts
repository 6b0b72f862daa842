import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { gunzip, LARGEST_ANSWER } from "./gunzip.ts";
import { letGo, markOwn } from "./let-go.ts";

/** A body in full. */
interface WholeBody {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  /** How many came over the wire. */
  readonly wireBytes: number;
}

/** An answer is larger than is taken; the code is zlib's for the same. */
class TooLarge extends Error {
  readonly code = "ERR_BUFFER_TOO_LARGE";
}

/** A body as it came over the wire. */
interface PackedBody {
  readonly chunks: Uint8Array[];
  readonly wireBytes: number;
}

/**
 * Reads a body to its end. Its chunks are taken as they come: `for await` would have those that came meanwhile joined
 * first, which copies them once more than is needed.
 */
export async function collectBody(body: Readable): Promise<PackedBody> {
  const chunks: Uint8Array[] = [];
  let wireBytes = 0;
  body.on("data", (chunk: Uint8Array) => {
    wireBytes += chunk.length;
    if (wireBytes > LARGEST_ANSWER) body.destroy(new TooLarge("the body is too large"));
    else chunks.push(chunk);
  });
  await finished(body, { writable: false });
  return { chunks, wireBytes };
}

/** Unpacks a body. */
export async function unpackBody(
  { chunks, wireBytes }: PackedBody,
  encoding: string | undefined,
): Promise<WholeBody> {
  const packed = join(chunks, wireBytes);
  chunks.length = 0; // whoever still holds the list doesn't keep the bytes twice
  if (!isGzip(encoding)) return { bytes: packed, wireBytes };
  const bytes = markOwn(await gunzip(packed));
  letGo(packed);
  return { bytes, wireBytes };
}

/** Reads a body to its end and unpacks it. */
export async function readBody(body: Readable, encoding: string | undefined): Promise<WholeBody> {
  return unpackBody(await collectBody(body), encoding);
}

export function isGzip(encoding: string | undefined): boolean {
  return /^(x-)?gzip$/i.test(encoding ?? "");
}

/** Whether a body is packed in another way than was asked for, so that nobody here can read it. */
export function isForeign(encoding: string | undefined): encoding is string {
  return !isGzip(encoding) && !/^(identity)?$/i.test(encoding?.trim() ?? "");
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : markOwn(Buffer.concat(chunks, length));
}
