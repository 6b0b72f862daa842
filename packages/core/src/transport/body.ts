import { gunzip, LARGEST_ANSWER } from "./gunzip.ts";

/** A body in full. */
export interface WholeBody {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  /** How many came over the wire. */
  readonly wireBytes: number;
}

/** An answer is larger than is taken; the code is zlib's for the same. */
class TooLarge extends Error {
  readonly code = "ERR_BUFFER_TOO_LARGE";
}

/** Reads a body to its end and unpacks it. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): Promise<WholeBody> {
  const chunks: Uint8Array[] = [];
  let wireBytes = 0;
  for await (const chunk of body) {
    wireBytes += chunk.length;
    if (wireBytes > LARGEST_ANSWER) throw new TooLarge("the body is too large"); // which also ends the transfer
    chunks.push(chunk);
  }
  const packed = join(chunks, wireBytes);
  return { bytes: isGzip(encoding) ? await gunzip(packed) : packed, wireBytes };
}

export function isGzip(encoding: string | undefined): boolean {
  return /^(x-)?gzip$/i.test(encoding ?? "");
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
}
