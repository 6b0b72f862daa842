import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { LazyrunsError } from "@lazyruns/core";
import { fileError } from "./file-error.ts";
import { isAlive, processSpace, processStart } from "./process-start.ts";
import { step } from "./steps.ts";

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When it took the lock. */
  readonly since: string;
  /** When the process began. */
  readonly start: string | null;
  /** Among whose processes its number counts: a container has its own. */
  readonly space?: string | null;
}

/** Locks that are held here, by their ids. Another copy of this module, or another thread, has its own. */
const held = new Set<string>();

/**
 * Has a folder to oneself, until the given function is called or the process ends. A lock whose process is gone is taken
 * over.
 *
 * @param folder - exists; the lock is a file `lock` in it
 * @param out - what errors call the thing
 * @throws LazyrunsError naming the process that has it
 */
export async function lock(folder: string, out: string): Promise<() => Promise<void>> {
  const path = join(folder, "lock");
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    start: (await processStart(process.pid)) ?? null,
    space: (await processSpace()) ?? null,
  };
  const draft = join(folder, `lock-${own.id}`);
  held.add(own.id);
  try {
    await writeFile(draft, JSON.stringify(own), { flag: "wx" });
    for (let tries = 0; ; tries++) {
      try {
        step("lock");
        await putLock(draft, path, own);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 20) throw error;
      }
      await takeAway(path, out);
    }
  } catch (error) {
    held.delete(own.id);
    throw fileError(error, path);
  } finally {
    step("locked");
    await rm(draft, { force: true });
  }
  return async () => {
    held.delete(own.id);
    const holder = await holderOf(path);
    if (holder !== undefined && holder !== "unreadable" && holder.id === own.id)
      await rm(path, { force: true });
  };
}

/** Puts the lock there, whole at once, where there is none. */
async function putLock(draft: string, path: string, own: Holder): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!LINKLESS.includes((error as NodeJS.ErrnoException).code)) throw error;
    await writeFile(path, JSON.stringify(own), { flag: "wx" });
  }
}

/** What file systems say that have no links. */
const LINKLESS: readonly unknown[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** Takes a lock away whose process is gone. @throws LazyrunsError for one whose process isn't */
async function takeAway(path: string, out: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder === undefined) return;
  if (holder === "unreadable" && (await isFresh(path))) return wait(WRITTEN_MS / 10); // it is being written
  if (holder !== "unreadable" && (await isHeld(holder))) throw await inUse(out, path, holder);
  const away = `${path}-${randomUUID()}`;
  try {
    await rename(path, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const taken = await holderOf(away);
  // Another process may have taken it over since it was read.
  if (taken !== undefined && taken !== "unreadable" && (await isHeld(taken))) {
    await link(away, path).catch(() => undefined);
    await rm(away, { force: true });
    throw await inUse(out, path, taken);
  }
  await rm(away, { force: true });
}

/** A lock is written by when it is so old. */
const WRITTEN_MS = 1000;

async function isFresh(path: string): Promise<boolean> {
  const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
  return Math.abs(Date.now() - mtimeMs) < WRITTEN_MS;
}

async function holderOf(path: string): Promise<Holder | "unreadable" | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder.pid === "number" ? holder : "unreadable";
  } catch {
    return "unreadable";
  }
}

async function isHeld(holder: Holder): Promise<boolean> {
  const { id, pid, since, start } = holder;
  if (!(await isNear(holder))) return true; // whether it lives can't be seen from here
  if (held.has(id)) return true;
  // A process before this one may have had the same number.
  if (pid === process.pid && Date.parse(since) < Date.now() - process.uptime() * 1000) return false;
  if (!isAlive(pid)) return false;
  const now = await processStart(pid);
  return start === null || now === undefined || start === now;
}

/** Whether the numbers of processes mean the same there and here. */
async function isNear({ host, space = null }: Holder): Promise<boolean> {
  return host === hostname() && space === ((await processSpace()) ?? null);
}

async function inUse(out: string, path: string, holder: Holder): Promise<LazyrunsError> {
  const { pid, host, since, start } = holder;
  const near = await isNear(holder);
  const where = near
    ? `process ${pid}`
    : `process ${pid} on ${host}${host === hostname() ? ", in another container" : ""}`;
  let hint = "";
  if (!near || start === null) hint = ` If that is gone, delete ${path}.`;
  if (near && pid === process.pid)
    hint = ` That is this process; if it was a thread that was ended, delete ${path}.`;
  return new LazyrunsError(
    `${out} is being exported to by ${where}, since ${since}. Wait for it, or end it.${hint}`,
    {
      operation: "exporting a project",
    },
  );
}
