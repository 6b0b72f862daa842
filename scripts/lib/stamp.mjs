// A stamp is a file that says from what a folder was made, so that it is made again only when that changed.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * The hash of some files and words.
 *
 * @param {readonly string[]} files
 * @param {readonly string[]} words
 */
export async function fingerprint(files, words = []) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(await readFile(file)).update("\0");
  return hash.update(words.join("\0")).digest("hex");
}

/**
 * Makes a folder unless its stamp already says `print`. The stamp is written last: what was cut short is made again.
 *
 * @param {string} stampFile
 * @param {string} print
 * @param {() => Promise<void>} make
 */
export async function onceFor(stampFile, print, make) {
  if ((await readFile(stampFile, "utf8").catch(() => "")) === print) return;
  await make();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, print);
}
