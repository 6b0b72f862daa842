import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InvalidArgumentError } from "@lazyruns/core";
import { MANIFEST } from "../dataset/manifest.ts";
import { syncFolder } from "./durable.ts";
import { fileError } from "./file-error.ts";
import { step } from "./steps.ts";

/** Where work goes on beneath a dataset's folder, unseen by engines. */
export interface WorkFolder {
  /** The dataset's folder. */
  readonly out: string;
  /** Where everything else is. */
  readonly work: string;
  /** What was fetched. */
  readonly staged: string;
  /** What a commit is being made of. */
  readonly draft: string;
  /** A commit that is whole, and only has to be put in its place. */
  readonly next: string;
  /** What a commit replaced. */
  readonly old: string;
}

export function workFolder(path: string): WorkFolder {
  const out = resolve(path);
  const work = join(out, ".lazyruns");
  return {
    out,
    work,
    staged: join(work, "staged"),
    draft: join(work, "draft"),
    next: join(work, "next"),
    old: join(work, "old"),
  };
}

const OURS = new Set([MANIFEST, ".lazyruns"]);

/**
 * Refuses a folder that holds something else, before anything is written there.
 *
 * @throws InvalidArgumentError for what is no folder, or holds other files
 */
export async function checkFolder({ out }: WorkFolder): Promise<void> {
  let names: string[];
  try {
    if (!(await stat(out)).isDirectory()) {
      throw new InvalidArgumentError(
        `out is ${out}, which is no folder. Give the path of a folder for the dataset.`,
      );
    }
    names = await readdir(out);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    if (code === "ENOTDIR") {
      throw new InvalidArgumentError(`out is ${out}, and there is a file where a folder would have to be.`);
    }
    throw fileError(error, out);
  }
  if (names.length === 0 || names.some((name) => OURS.has(name))) return;
  throw new InvalidArgumentError(
    `out is ${out}, which holds other files (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", ..." : ""}). ` +
      "Choose an empty folder, or one that isn't there.",
  );
}

/** Makes the folders that work needs. */
export async function makeFolders({ out, work, staged }: WorkFolder): Promise<void> {
  try {
    await mkdir(work, { recursive: true });
    await mkdir(staged, { recursive: true });
    await syncFolder(out);
  } catch (error) {
    throw fileError(error, out);
  }
}

/** Leaves of a folder of work nothing but the lock. */
export async function clearWork({ staged, draft, next, old, work }: WorkFolder): Promise<void> {
  for (const path of [staged, draft, next, old, join(work, "source.json")]) {
    step(`delete ${path}`);
    await rm(path, { recursive: true, force: true });
  }
  for (const name of await readdir(work)) {
    const path = join(work, name);
    const isLeft = name.endsWith(".tmp") || (name.startsWith("lock-") && (await isOld(path)));
    if (isLeft) await rm(path, { force: true });
  }
}

/** Whether a file is older than anything takes that goes on now. */
async function isOld(path: string): Promise<boolean> {
  const written = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - written > 3_600_000;
}
