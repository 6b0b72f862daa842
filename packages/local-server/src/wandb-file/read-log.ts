import { type FileHandle, open } from "node:fs/promises";
import { BLOCK_SIZE, LogBlocks } from "./log-blocks.ts";
import { WandbFileError } from "./wandb-file-error.ts";

/** `:W&B`, 0xBEE1 little-endian; the byte after it is the version. */
const MAGIC = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe]);
const VERSION = 0;
const FILE_HEADER = MAGIC.length + 1;

/**
 * The records of a `.wandb` file in order, read a block at a time. What is damaged is left out and told to `warn`.
 *
 * @throws WandbFileError when it is no `.wandb` file, of another version, or can't be read.
 */
export async function* readLog(path: string, warn: (problem: string) => void): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw new WandbFileError(path, "the file can't be opened", { cause });
  });
  try {
    const blocks = new LogBlocks();
    for (let offset = 0; ; offset += BLOCK_SIZE) {
      const block = await readBlock(file, path, offset);
      if (offset === 0) checkHeader(block, path);
      yield* blocks.records(block, offset === 0 ? FILE_HEADER : 0);
      if (block.length < BLOCK_SIZE) break;
    }
    blocks.end();
    if (blocks.badBlocks > 0)
      warn(`damaged or cut off in ${blocks.badBlocks} block(s) of ${BLOCK_SIZE} bytes`);
    if (blocks.tornRecords > 0) warn(`${blocks.tornRecords} record(s) lost a part and were left out`);
  } finally {
    await file.close();
  }
}

async function readBlock(file: FileHandle, path: string, offset: number): Promise<Uint8Array> {
  const block = new Uint8Array(BLOCK_SIZE);
  let filled = 0;
  while (filled < BLOCK_SIZE) {
    const { bytesRead } = await file
      .read(block, filled, BLOCK_SIZE - filled, offset + filled)
      .catch((cause: unknown) => {
        throw new WandbFileError(path, `the file can't be read at byte ${offset + filled}`, { cause });
      });
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}

function checkHeader(block: Uint8Array, path: string): void {
  if (block.length < FILE_HEADER || !MAGIC.equals(block.subarray(0, MAGIC.length))) {
    throw new WandbFileError(path, "not a .wandb file: it doesn't begin as the wandb client's files do");
  }
  const version = block[MAGIC.length];
  if (version !== VERSION) {
    throw new WandbFileError(
      path,
      `version ${version} of the .wandb format; only version ${VERSION} can be read`,
    );
  }
}
