import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "@lazyruns/core";
import { fileError } from "./file-error.ts";

/**
 * A file that is there when it is whole: its bytes go to a hidden file beside it, `.lazyruns-….tmp`, which takes its
 * name at the end. A process that is killed leaves that hidden file, and the target as it was. Who may read a file
 * that is replaced may read the new one, and nobody else, from the first byte on.
 */
export class TargetFile {
  /** Where the file will be. */
  readonly path: string;
  /** Where its bytes are meanwhile. */
  readonly temporary: string;
  readonly #handle: FileHandle;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.temporary = temporary;
    this.#handle = handle;
  }

  /**
   * @throws InvalidArgumentError where no file can be: the folder is missing, or something else has the name
   * @throws LazyrunsError where none may be made
   */
  static async create(path: string): Promise<TargetFile> {
    const target = await realpath(path).catch(() => resolve(path)); // behind a link, the file is replaced, not the link
    const there = await stat(target).catch(() => undefined);
    if (there !== undefined && !there.isFile()) {
      const what = there.isDirectory() ? "a folder" : "no ordinary file";
      throw new InvalidArgumentError(`${target} can't be written: it is ${what}. Give the path of a file.`);
    }
    const temporary = join(dirname(target), `.lazyruns-${randomUUID()}.tmp`);
    try {
      return new TargetFile(target, temporary, await openLike(temporary, there?.mode));
    } catch (error) {
      throw fileError(target, error);
    }
  }

  /** Adds bytes at the end. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#handle.writeFile(bytes);
    } catch (error) {
      throw fileError(this.path, error);
    }
  }

  /** Waits until the disk has all bytes. */
  async flush(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
    } catch (error) {
      throw fileError(this.path, error);
    }
  }

  /** Puts the file, flushed, in its place. */
  async commit(): Promise<void> {
    try {
      await rename(this.temporary, this.path);
    } catch (error) {
      throw fileError(this.path, error);
    }
  }

  /** Leaves nothing of the file. Never rejects. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.temporary, { force: true }).catch(() => undefined);
  }
}

/** A new file, with the permissions of another where there is one. */
async function openLike(path: string, mode: number | undefined): Promise<FileHandle> {
  const permissions = mode === undefined ? undefined : mode & 0o777;
  const handle = await open(path, "wx", permissions);
  // The process' mask took some away; where they can't be had back, it is at least not open to more.
  if (permissions !== undefined) await handle.chmod(permissions).catch(() => undefined);
  return handle;
}
