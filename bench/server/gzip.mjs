// One gzip stream joined from pieces that were compressed beforehand, so that an answer costs a copy.

import { constants, crc32, deflateRawSync } from "node:zlib";
import { joinCrc, shiftOf } from "./crc.mjs";

/** Beyond this a text is worth compressing; below, its bytes are stored as they are. */
const WORTH_COMPRESSING = 16_384;
const LARGEST_STORED_BLOCK = 65_535;
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** A last block with nothing in it. */
const END = Buffer.from([0x03, 0x00]);

/**
 * Some text as whole DEFLATE blocks that end at a byte and look back at nothing before them.
 */
export class Piece {
  /**
   * @param {Buffer} blocks
   * @param {number} length - of the text, in bytes
   * @param {number} crc - of the text
   */
  constructor(blocks, length, crc) {
    this.blocks = blocks;
    this.length = length;
    this.crc = crc;
    this.shift = shiftOf(length);
  }
}

/** Some text in parts, some of them ready-made. */
export class Joined {
  /** @param {readonly (string | Piece)[]} parts */
  constructor(parts) {
    this.parts = parts;
  }
}

/**
 * @param {string} text
 * @param {number} [level] - 1 to 9
 */
export function compress(text, level = 6) {
  const raw = Buffer.from(text);
  // A full flush ends at a byte; the stream stays open, so no block claims to be the last.
  const blocks = deflateRawSync(raw, { level, finishFlush: constants.Z_FULL_FLUSH });
  return new Piece(Buffer.from(blocks), raw.length, crc32(raw));
}

/** @param {string} text */
function store(text) {
  const raw = Buffer.from(text);
  const blocks = [];
  for (let at = 0; at < raw.length; at += LARGEST_STORED_BLOCK) {
    const part = raw.subarray(at, at + LARGEST_STORED_BLOCK);
    const head = Buffer.alloc(5);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(~part.length & 0xffff, 3);
    blocks.push(head, part);
  }
  return new Piece(Buffer.concat(blocks), raw.length, crc32(raw));
}

/**
 * Texts and ready-made pieces as one gzip member, whose trailer holds the length and the CRC of all of it.
 *
 * @param {readonly (string | Piece)[]} parts
 * @returns {Buffer}
 */
export const joinGzip = (parts) => Buffer.concat([...gzipBuffers(parts)]);

/**
 * The same, buffer by buffer.
 *
 * @param {Iterable<string | Piece>} parts
 * @returns {Generator<Buffer, void, undefined>}
 */
export function* gzipBuffers(parts) {
  yield HEADER;
  let length = 0;
  let crc = 0;
  for (const part of parts) {
    const piece =
      part instanceof Piece ? part : part.length > WORTH_COMPRESSING ? compress(part, 1) : store(part);
    yield piece.blocks;
    crc = joinCrc(crc, piece.crc, piece.shift);
    length += piece.length;
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  yield END;
  yield trailer;
}
