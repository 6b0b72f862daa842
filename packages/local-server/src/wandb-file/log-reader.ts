import { crc32 } from "node:zlib";

/** A file that is not a `.wandb` file, or one of a version that isn't known. */
export class WandbFileError extends Error {
  override readonly name = "WandbFileError";
}

/** What the records of a file came with. */
export interface LogRecords {
  readonly records: readonly Buffer[];
  /** How many places were broken: the records there are lost, the others are not. */
  readonly broken: number;
  /** Whether the file ends in the middle of a record, as that of a killed run or a live one does. */
  readonly torn: boolean;
}

const MAGIC = Buffer.from(":W&B", "latin1");
const MAGIC_NUMBER = 0xbee1;
const VERSION = 0;
const HEADER = 7;
const BLOCK = 32 * 1024;
const CHUNK_HEAD = 7;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

/**
 * Takes the records out of a `.wandb` file: LevelDB's log format (blocks of 32 KiB, chunks with a checksum), behind
 * a header of seven bytes that belongs to the first block. Other than LevelDB's, the checksum is plain CRC-32 over
 * the chunk's type and bytes (found by reading files of the client 0.31).
 *
 * A chunk that is broken costs its record and the rest of its block.
 *
 * @throws WandbFileError when the file doesn't begin as a `.wandb` file does
 */
export function readLog(file: Buffer, path: string): LogRecords {
  checkHeader(file, path);
  const records: Buffer[] = [];
  let parts: Buffer[] = [];
  let broken = 0;
  let at = HEADER;
  while (at < file.length) {
    const blockEnd = at - (at % BLOCK) + BLOCK;
    if (blockEnd - at < CHUNK_HEAD) {
      at = blockEnd;
      continue;
    }
    if (file.length - at < CHUNK_HEAD) break;
    const checksum = file.readUInt32LE(at);
    const length = file.readUInt16LE(at + 4);
    const type = file[at + 6];
    const end = at + CHUNK_HEAD + length;
    if (end > file.length && end <= blockEnd) break;
    if (end > blockEnd || crc32(file.subarray(at + 6, end)) !== checksum) {
      broken++;
      parts = [];
      at = blockEnd;
      continue;
    }
    const bytes = file.subarray(at + CHUNK_HEAD, end);
    at = end;
    if (type === FULL) records.push(bytes);
    else if (type === FIRST) parts = [bytes];
    else if (parts.length > 0 && (type === MIDDLE || type === LAST)) parts.push(bytes);
    if (type === LAST && parts.length > 0) records.push(Buffer.concat(parts));
    if (type === FULL || type === LAST) parts = [];
  }
  return { records, broken, torn: at < file.length || parts.length > 0 };
}

function checkHeader(file: Buffer, path: string): void {
  if (file.length < HEADER || !file.subarray(0, 4).equals(MAGIC) || file.readUInt16LE(4) !== MAGIC_NUMBER) {
    throw new WandbFileError(`${path} is not a .wandb file`);
  }
  if (file[6] !== VERSION) {
    throw new WandbFileError(
      `${path} is a .wandb file of version ${file[6]}; this reader knows version ${VERSION}`,
    );
  }
}
