import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Has a folder of its own for a piece of work, and removes it however that ends.
 *
 * @template T
 * @param {string} prefix - of its name
 * @param {(folder: string) => Promise<T>} work
 */
export async function withScratch(prefix, work) {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
