import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const LOOKS_EVERY_MS = 100;
/** Taking away what a dead process left takes no time: who takes longer is dead, too. */
const CLEARS_WITHIN_MS = 10_000;

/**
 * Does a piece of work while no other process of the tests does it: one that finds the lock taken waits until it is
 * free, or its owner gone.
 *
 * @param file - is there while the work is done, with the number of the process that does it
 */
export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  while (!(await take(file))) {
    if (await isLeft(file)) await clear(file);
    else await wait(LOOKS_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Makes the file with its content in one step, so that nobody finds it empty. Returns whether it wasn't there. */
async function take(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Whether the lock is of a process that is gone. */
async function isLeft(file: string): Promise<boolean> {
  const owner = await readFile(file, "utf8").catch(() => undefined);
  return owner !== undefined && !isAlive(Number(owner));
}

/** Takes a left lock away. One process at a time does, lest it takes away the lock that another has taken since. */
async function clear(file: string): Promise<void> {
  const clearing = `${file}.clearing`;
  if (!(await take(clearing))) {
    const { mtimeMs } = await stat(clearing).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > CLEARS_WITHIN_MS) await rm(clearing, { force: true });
    else await wait(LOOKS_EVERY_MS);
    return;
  }
  try {
    if (await isLeft(file)) await rm(file, { force: true });
  } finally {
    await rm(clearing, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
