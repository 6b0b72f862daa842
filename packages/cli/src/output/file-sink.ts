import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";
import type { Sink } from "./sink.ts";

/**
 * A file that is there when it is whole: its bytes go to a hidden file beside it, which takes its name at the end. What
 * is no ordinary file, such as `/dev/null` or a named pipe, is written to as it stands.
 */
export class FileSink implements Sink {
  readonly isTerminal = false;
  readonly isColored = false;
  readonly columns = undefined;
  readonly #path: string;
  readonly #temporary: string | undefined;
  readonly #handle: FileHandle;

  private constructor(path: string, temporary: string | undefined, handle: FileHandle) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** @throws CommandError where none may be made */
  static async create(path: string): Promise<FileSink> {
    const target = await realpath(path).catch(() => resolve(path)); // behind a link, the file is replaced
    const there = await stat(target).catch(() => undefined);
    const temporary =
      there === undefined || there.isFile()
        ? join(dirname(target), `.lazyruns-${randomUUID()}.tmp`)
        : undefined;
    try {
      const handle =
        temporary === undefined ? await open(target, "w") : await open(temporary, "wx", there?.mode ?? 0o666);
      return new FileSink(target, temporary, handle);
    } catch (error) {
      throw notWritten(path, error);
    }
  }

  async write(data: string | Uint8Array): Promise<void> {
    try {
      await this.#handle.writeFile(data);
    } catch (error) {
      throw notWritten(this.#path, error);
    }
  }

  async close(): Promise<void> {
    try {
      if (this.#temporary !== undefined) await this.#handle.sync();
      await this.#handle.close();
      if (this.#temporary !== undefined) await rename(this.#temporary, this.#path);
    } catch (error) {
      throw notWritten(this.#path, error);
    }
  }

  async abort(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    if (this.#temporary !== undefined) await rm(this.#temporary, { force: true }).catch(() => undefined);
  }
}

function notWritten(path: string, error: unknown): CommandError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why =
    code === "ENOSPC" || code === "EDQUOT"
      ? "the disk is full. Free some space, or choose another disk."
      : message;
  return new CommandError(`--out ${path} can't be written: ${why}`, EXIT.failed, { cause: error });
}
