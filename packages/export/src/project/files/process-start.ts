import { readFile, readlink } from "node:fs/promises";

/**
 * When a process began, as a text that no other process of the same number has; undefined where the system doesn't tell,
 * or has no such process.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" "); // the name before it may hold anything
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Among whose processes this one has its number; undefined where the system doesn't tell. */
export async function processSpace(): Promise<string | undefined> {
  return readlink("/proc/self/ns/pid").catch(() => undefined);
}

/** Whether there is a process of the number. One that may not be signalled is there too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
