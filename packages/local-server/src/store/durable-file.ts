import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** Writes a new file, complete on disk when this resolves. */
export async function writeDurably(
  path: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ size: number; md5: string }> {
  const md5 = createHash("md5");
  let size = 0;
  const handle = await open(path, "wx");
  try {
    for await (const chunk of body) {
      md5.update(chunk);
      size += chunk.length;
      await writeAll(handle, chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { size, md5: md5.digest("base64") };
}

/** One write may take a part only. */
async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) from += (await handle.write(chunk, from)).bytesWritten;
}

/** A new name in a folder is on disk when the folder is. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // folders can't be opened there, and needn't be
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
