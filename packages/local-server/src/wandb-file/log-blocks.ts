import { crc32 } from "node:zlib";

/** Blocks are aligned to the start of the file, so the first one holds the 7 bytes of the file's header too. */
export const BLOCK_SIZE = 32_768;

const CHUNK_HEADER = 7;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

/**
 * Joins the chunks of a `.wandb` file's blocks into records.
 *
 * The layout is LevelDB's log: `u32 crc, u16 length, u8 type` (little-endian) before each payload; a record that
 * doesn't fit into a block goes on in the next. The checksum is plain CRC-32 over type and payload, not LevelDB's
 * masked CRC-32C. After a bad chunk nothing in its block can be trusted, so reading goes on with the next block.
 */
export class LogBlocks {
  /** How many blocks were left before their end because of a bad chunk. */
  badBlocks = 0;
  /** How many records lost a part. */
  tornRecords = 0;
  #parts: Uint8Array[] = [];

  /** The records that end in this block. `from` is 7 in the first block, 0 in the others. */
  *records(block: Uint8Array, from: number): Generator<Uint8Array> {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    let at = from;
    while (at + CHUNK_HEADER <= block.length) {
      const end = at + CHUNK_HEADER + view.getUint16(at + 4, true);
      const type = block[at + 6] ?? 0;
      // Space that was reserved and never written.
      if (type === 0 && view.getUint32(at, true) === 0 && end === at + CHUNK_HEADER) return;
      if (end > block.length || crc32(block.subarray(at + 6, end)) !== view.getUint32(at, true)) {
        this.badBlocks++;
        this.#drop();
        return;
      }
      const record = this.#join(type, block.subarray(at + CHUNK_HEADER, end));
      if (record) yield record;
      at = end;
    }
    // A full block may end in fewer bytes than a chunk's header; a shorter one was cut there.
    if (at < block.length && block.length < BLOCK_SIZE) this.badBlocks++;
  }

  /** Says that no block follows. */
  end(): void {
    this.#drop();
  }

  #join(type: number, payload: Uint8Array): Uint8Array | undefined {
    if (type === FULL || type === FIRST) this.#drop();
    else if (this.#parts.length === 0) {
      // The rest of a record whose beginning was lost, and counted, with an earlier block.
      return undefined;
    }
    if (type === FULL) return payload;
    if (type < FIRST || type > LAST) {
      this.#drop();
      return undefined;
    }
    this.#parts.push(payload);
    if (type === FIRST || type === MIDDLE) return undefined;
    const record = Buffer.concat(this.#parts);
    this.#parts = [];
    return record;
  }

  #drop(): void {
    if (this.#parts.length > 0) this.tornRecords++;
    this.#parts = [];
  }
}
