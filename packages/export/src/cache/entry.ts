import { createHash, randomUUID } from "node:crypto";
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CacheError, onDisk } from "./cache-error.ts";
import { covers, type Range, sizeOf, unite } from "./ranges.ts";
import { type FileRecord, type HeldRange, readRecord, writeRecord } from "./record.ts";

/** A file in the cache: all of one on the server, or some ranges of it at their own places. It never changes. */
export interface HeldFile {
  readonly path: string;
  readonly record: FileRecord;
}

const DATA = ".parquet";
const RECORD = ".json";

/**
 * What the cache has of one file with certain contents: a folder with files of which each holds some ranges. A file is
 * named by its ranges and never written to once it has its name, so that processes can't disturb one another's.
 */
export class Entry {
  readonly #folder: string;
  readonly #identity: string;
  readonly #size: number;

  constructor(folder: string, identity: string, size: number) {
    this.#folder = folder;
    this.#identity = identity;
    this.#size = size;
  }

  /** The smallest file that holds the ranges; what can't be trusted is thrown away on the way. */
  async find(wanted: readonly Range[]): Promise<HeldFile | undefined> {
    const candidates = (await this.#files()).filter(({ record }) =>
      wanted.every((range) => covers(record.ranges, range)),
    );
    return this.#firstTrusted(candidates.sort(bySize));
  }

  /** The file that holds most. */
  async largest(): Promise<HeldFile | undefined> {
    return this.#firstTrusted((await this.#files()).sort(bySize).reverse());
  }

  /**
   * Makes a file of some ranges: it appears when it is whole, or not at all.
   *
   * @param proved - the ranges of them that were decoded without a fault before
   * @param write - puts the bytes of the ranges where they belong
   * @throws CacheError where the disk refuses
   */
  async make(
    ranges: readonly Range[],
    proved: readonly Range[],
    write: (file: FileHandle) => Promise<void>,
  ): Promise<HeldFile> {
    const path = join(this.#folder, `${nameOf(ranges)}${DATA}`);
    await onDisk(mkdir(this.#folder, { recursive: true, mode: 0o700 }));
    const temporary = join(this.#folder, `.${process.pid}-${randomUUID()}`);
    const file = await onDisk(open(temporary, "wx+", 0o600));
    try {
      let held: HeldRange[];
      try {
        await onDisk(file.truncate(this.#size));
        await write(file);
        held = await onDisk(checksums(file, ranges));
        // A record must not outlive the bytes it speaks of, were the power cut.
        await onDisk(file.datasync());
      } finally {
        await file.close();
      }
      await onDisk(rename(temporary, path));
      const { mtimeMs } = await onDisk(lstat(path));
      const record = { identity: this.#identity, size: this.#size, mtimeMs, ranges: held, proved };
      await this.#write(path, record);
      return { path, record };
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Notes that ranges of a file were decoded without a fault. */
  async prove({ path, record }: HeldFile, ranges: readonly Range[]): Promise<void> {
    await this.#write(path, { ...record, proved: unite([...record.proved, ...ranges]) });
  }

  /** Throws everything away. */
  async clear(): Promise<void> {
    await onDisk(rm(this.#folder, { recursive: true, force: true }));
  }

  async #files(): Promise<HeldFile[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = names
      .filter((name) => name.endsWith(DATA))
      .map(async (name) => {
        const path = join(this.#folder, name);
        const text = await readFile(recordPath(path), "utf8").catch(() => "");
        const record = readRecord(text, this.#identity);
        return record?.size === this.#size ? { path, record } : undefined;
      });
    return (await Promise.all(found)).filter((file) => file !== undefined);
  }

  async #firstTrusted(files: readonly HeldFile[]): Promise<HeldFile | undefined> {
    for (const file of files) {
      const trusted = await this.#trust(file);
      if (trusted === undefined) {
        await drop(file.path).catch(() => undefined);
        continue;
      }
      const now = new Date();
      await utimes(recordPath(file.path), now, now).catch(() => undefined); // when it was last used
      return trusted;
    }
    return undefined;
  }

  /** A file that wasn't touched since it was recorded, or whose bytes are the recorded ones all the same. */
  async #trust({ path, record }: HeldFile): Promise<HeldFile | undefined> {
    try {
      const stat = await lstat(path);
      if (!stat.isFile() || stat.size !== record.size) return undefined;
      if (stat.mtimeMs === record.mtimeMs) return { path, record };
      const file = await open(path, "r");
      try {
        const held = await checksums(file, record.ranges);
        if (held.some(({ sha256 }, index) => sha256 !== record.ranges[index]?.sha256)) return undefined;
      } finally {
        await file.close();
      }
      const checked = { ...record, mtimeMs: stat.mtimeMs };
      await this.#write(path, checked).catch(() => undefined);
      return { path, record: checked };
    } catch {
      return undefined;
    }
  }

  async #write(path: string, record: FileRecord): Promise<void> {
    const temporary = join(this.#folder, `.${process.pid}-${randomUUID()}`);
    try {
      await onDisk(writeFile(temporary, writeRecord(record), { mode: 0o600, flag: "wx" }));
      await onDisk(rename(temporary, recordPath(path)));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

/** The record beside a file. */
export function recordPath(path: string): string {
  return join(dirname(path), `${basename(path, DATA)}${RECORD}`);
}

/** Removes a file and its record; the record first, so that no file is trusted that is half gone. */
export async function drop(path: string): Promise<void> {
  await rm(recordPath(path), { force: true });
  await rm(path, { force: true });
}

function bySize(a: HeldFile, b: HeldFile): number {
  return sizeOf(a.record.ranges) - sizeOf(b.record.ranges);
}

function nameOf(ranges: readonly Range[]): string {
  const text = JSON.stringify(ranges.map(({ start, end }) => [start, end]));
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

const PIECE = 1 << 20;

async function checksums(file: FileHandle, ranges: readonly Range[]): Promise<HeldRange[]> {
  const held: HeldRange[] = [];
  const buffer = Buffer.allocUnsafe(PIECE);
  for (const { start, end } of ranges) {
    const hash = createHash("sha256");
    for (let at = start; at < end; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(PIECE, end - at), at);
      if (bytesRead === 0) throw new CacheError(`a file of the cache ends at ${at} bytes`);
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    held.push({ start, end, sha256: hash.digest("hex") });
  }
  return held;
}
