import { constants } from "node:buffer";
import { promisify } from "node:util";
import { gunzipSync, gunzip as inflate, type ZlibOptions } from "node:zlib";

/**
 * The most bytes that an answer may have once it is unpacked: those of the longest string that V8 can hold, a
 * few less than 512 MiB. A few hundred kilobytes can unpack to more than that, so what goes on beyond it is cut off and
 * refused.
 */
export const LARGEST_ANSWER = constants.MAX_STRING_LENGTH;

/** Below this, starting the work on another thread costs more than the work. */
const SMALL = 64 * 1024;

/** No stream of deflate unpacks to more than this many times its size (RFC 1951: 258 bytes from 2 bits). */
const LARGEST_RATIO = 1032;

const inflateElsewhere = promisify(inflate) as (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer>;

/**
 * Unpacks gzip: a large one on another thread, a small one at once.
 *
 * The room for the result is taken in one piece, of the size that the trailer names (RFC 1952, ISIZE); growing it
 * piece by piece takes up to twice as long. The trailer is only a hint: it is the last member's size modulo 2^32,
 * and a wrong one costs time, not bytes.
 *
 * @throws what zlib throws: code Z_DATA_ERROR or Z_BUF_ERROR for bytes that are garbled or break off,
 *   ERR_BUFFER_TOO_LARGE for more than `largest`.
 */
export async function gunzip(bytes: Uint8Array, largest: number = LARGEST_ANSWER): Promise<Uint8Array> {
  const options = { chunkSize: roomFor(bytes, largest), maxOutputLength: largest };
  return bytes.length < SMALL ? gunzipSync(bytes, options) : inflateElsewhere(bytes, options);
}

/** One more than the result should have: a room that is full makes zlib fetch another of the same size. */
function roomFor(bytes: Uint8Array, largest: number): number {
  if (bytes.length < 18) return 64; // the shortest gzip there is
  const said = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
    bytes.length - 4,
    true,
  );
  return Math.max(64, Math.min(said, bytes.length * LARGEST_RATIO, largest) + 1);
}
