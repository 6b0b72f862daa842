import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, link, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "./file-error.ts";
import { step } from "./steps.ts";

/** Waits until the disk knows what a folder holds. Systems that can't say so for folders are taken at their word. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file that is there when it is whole, and on the disk. What was there is replaced. */
export async function writeDurably(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.lazyruns-${randomUUID()}.tmp`);
  try {
    step(`begin ${basename(path)}`);
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    step(`rename ${basename(path)}`);
    await rename(temporary, path);
    step(`renamed ${basename(path)}`);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, path);
  }
}

/** The same file under another name, without its bytes being copied where the file system can do that. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  step(`link ${basename(to)}`);
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw fileError(error, to);
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL);
      await syncFile(to);
    } catch (cause) {
      throw fileError(cause, to);
    }
  }
}

/** The SHA-256 of a file's bytes, in hex. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest("hex");
}
