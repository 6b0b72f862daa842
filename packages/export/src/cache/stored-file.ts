import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { type Download, type ExportedRun, LazyrunsError } from "@lazyruns/core";
import { type FileName, nameOf } from "../remote/file-name.ts";
import { RemoteFile } from "../remote/remote-file.ts";
import type { Cache } from "./cache.ts";
import { CacheError, onDisk } from "./cache-error.ts";
import type { Entry, HeldFile } from "./entry.ts";
import { use } from "./evict.ts";
import { covers, type Range, sizeOf, unite, without } from "./ranges.ts";

/** The first bytes that are asked for of a file that wasn't read before: files no longer than that come at once. */
const FIRST_BYTES = 64 * 1024;
/** And the last ones, where a Parquet file says what is in it. */
const LAST_BYTES = 64 * 1024;
/** Asked for to see whether a file that was read before is still the same. */
const PROBE_BYTES = 4;
/** Files up to this length are fetched whole, whatever is wanted of them. */
const SMALL_FILE = 1 << 20;
/** From so much of a file on, the whole of it is one request. */
const MOST_PART = 0.75;
/** Bytes between two ranges that cost less than another request. */
const GAP = 128 * 1024;
const AT_ONCE = 4;

interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** Bytes of a file that are on this machine for as long as they are used. */
export interface LocalFile {
  readonly path: string;
  /** Whether ranges of it were decoded before without a fault. */
  isProved(ranges: readonly Range[]): boolean;
  /** Notes that they were. */
  prove(ranges: readonly Range[]): Promise<void>;
  /** To be called when it isn't read any more. */
  release(): void;
}

/** An exported file: its bytes come from the cache as far as they are there, else from the server. */
export class StoredFile {
  readonly name: FileName;
  readonly size: number;
  readonly #remote: RemoteFile;
  readonly #cache: Cache;
  readonly #entry: Entry;
  /** What is known without asking again: the first bytes, the last; or all, where nothing else could be done. */
  #pieces: Piece[];

  private constructor(remote: RemoteFile, cache: Cache, entry: Entry, size: number, pieces: Piece[]) {
    this.name = remote.name;
    this.size = size;
    this.#remote = remote;
    this.#cache = cache;
    this.#entry = entry;
    this.#pieces = pieces;
  }

  /**
   * Finds out which contents a file on the server has.
   *
   * @throws LazyrunsError for answers that make no sense, and what a download throws
   */
  static async open(
    run: ExportedRun,
    url: string,
    cache: Cache,
    signal: AbortSignal | undefined,
  ): Promise<StoredFile> {
    const isKnown = !cache.isOff && (await cache.knows(nameOf(run, url).place));
    const probe = await RemoteFile.probe(run, url, isKnown ? PROBE_BYTES : FIRST_BYTES, signal);
    const { file: remote, whole } = probe;
    if (whole !== undefined) return StoredFile.#takeWhole(remote, whole, cache);
    const size = remote.size as number;
    const pieces = [{ start: 0, bytes: probe.head as Uint8Array }];
    const last = { start: Math.max(0, size - LAST_BYTES), end: size };
    let marks = remote.marks;
    if (marks.length === 0) {
      // Nothing but the length tells this file from another: what it says of itself does.
      pieces.push({ start: last.start, bytes: await readAll(remote, last, signal) });
      marks = [digest(pieces.at(-1)?.bytes as Uint8Array)];
    }
    const entry = cache.entry(remote.name.place, remote.identity(size, marks), size);
    const stored = new StoredFile(remote, cache, entry, size, pieces);
    if (pieces.length === 1 && (cache.isOff || (await entry.largest()) === undefined)) {
      const [missing] = without([last], [{ start: 0, end: (pieces[0] as Piece).bytes.length }]);
      if (missing !== undefined) {
        pieces.push({ start: missing.start, bytes: await readAll(remote, missing, signal) });
      }
    }
    return stored;
  }

  /** A server that sends files whole only: what is on its way is kept, unless it is there already. */
  static async #takeWhole(remote: RemoteFile, whole: Download, cache: Cache): Promise<StoredFile> {
    const { place } = remote.name;
    if (remote.size !== undefined && remote.marks.length > 0 && !cache.isOff) {
      const { size } = remote;
      const entry = cache.entry(place, remote.identity(size), size);
      const stored = new StoredFile(remote, cache, entry, size, []);
      if (await stored.#keepWhole(whole)) return stored;
    }
    const bytes = await whole.bytes();
    if (remote.size !== undefined && bytes.length !== remote.size) {
      throw new LazyrunsError(
        `${remote.name.label} can't be read: the server sent ${bytes.length} bytes of ${remote.size}.`,
        { operation: "reading an exported history" },
      );
    }
    // Nothing tells these contents from others but they themselves.
    const marks = remote.marks.length > 0 ? remote.marks : [digest(bytes)];
    const entry = cache.entry(place, remote.identity(bytes.length, marks), bytes.length);
    const stored = new StoredFile(remote, cache, entry, bytes.length, [{ start: 0, bytes }]);
    const local = await stored.fetch([{ start: 0, end: bytes.length }], undefined);
    local?.release();
    if (local !== undefined) stored.#pieces = [];
    return stored;
  }

  /**
   * Puts a file that is on its way in the cache, past the memory.
   *
   * @returns false where there is no cache, and nothing of the file was taken
   */
  async #keepWhole(whole: Download): Promise<boolean> {
    const all = { start: 0, end: this.size };
    if ((await this.#entry.find([all])) !== undefined) {
      await whole.cancel();
      return true;
    }
    let isBegun = false;
    try {
      await this.#entry.make([all], [], async (file) => {
        isBegun = true;
        let at = 0;
        for await (const bytes of whole.body) {
          await writeAt(file, bytes.subarray(0, this.size - at), at);
          at += bytes.length;
        }
        if (at !== this.size)
          await this.#fetchInto(file, [{ start: Math.min(at, this.size), end: this.size }], undefined);
      });
      await this.#cache.evict().catch(() => undefined);
      return true;
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      this.#cache.turnOff(error.message);
      if (isBegun) this.#pieces = [{ start: 0, bytes: await readAll(this.#remote, all, undefined) }];
      return isBegun;
    }
  }

  /** The bytes of a range, from wherever they are. */
  async read(range: Range, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const piece = this.#pieces.find(({ start, bytes }) =>
      covers([{ start, end: start + bytes.length }], range),
    );
    if (piece !== undefined) return piece.bytes.subarray(range.start - piece.start, range.end - piece.start);
    const held = this.#cache.isOff ? undefined : await this.#entry.find([range]);
    const bytes = held && (await readHeld(held, range).catch(() => undefined));
    return bytes ?? (await readAll(this.#remote, range, signal));
  }

  /**
   * Has ranges on this machine, fetching what isn't there yet.
   *
   * @returns undefined where there is no cache
   */
  async fetch(ranges: readonly Range[], signal: AbortSignal | undefined): Promise<LocalFile | undefined> {
    if (this.#cache.isOff) return undefined;
    const wanted = this.#widen(unite(ranges, GAP));
    try {
      const found = await this.#entry.find(ranges);
      const held = found ?? (await this.#fill(wanted, signal));
      const release = use(held.path);
      if (found === undefined) await this.#cache.evict().catch(() => undefined);
      return {
        path: held.path,
        isProved: (ranges) => ranges.every((range) => covers(held.record.proved, range)),
        prove: (ranges) => this.#entry.prove(held, ranges).catch(() => undefined),
        release,
      };
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      this.#cache.turnOff(error.message);
      return undefined;
    }
  }

  /** Throws away what is here of the file, for it isn't what it should be. */
  async forget(): Promise<void> {
    this.#pieces = [];
    await this.#entry.clear().catch((error) => this.#cache.turnOff(String(error.message)));
  }

  #widen(wanted: readonly Range[]): readonly Range[] {
    const isWhole =
      !this.#remote.hasRanges || this.size <= SMALL_FILE || sizeOf(wanted) >= this.size * MOST_PART;
    return isWhole ? [{ start: 0, end: this.size }] : wanted;
  }

  async #fill(wanted: readonly Range[], signal: AbortSignal | undefined): Promise<HeldFile> {
    const before = await this.#entry.largest();
    const had = before?.record.ranges ?? [];
    const ranges = unite([...wanted, ...had]);
    return this.#entry.make(ranges, before?.record.proved ?? [], async (file) => {
      if (before !== undefined) await copyHeld(before, file);
      const pieces = this.#pieces.map(({ start, bytes }) => ({ start, end: start + bytes.length }));
      for (const { start, bytes } of this.#pieces) {
        for (const range of overlap(ranges, { start, end: start + bytes.length })) {
          await writeAt(file, bytes.subarray(range.start - start, range.end - start), range.start);
        }
      }
      await this.#fetchInto(file, without(ranges, unite([...had, ...pieces])), signal);
    });
  }

  async #fetchInto(
    file: FileHandle,
    missing: readonly Range[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const left = [...missing];
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const work = async () => {
      for (let range = left.shift(); range !== undefined; range = left.shift()) {
        let at = range.start;
        for await (const bytes of this.#remote.read(range, both)) {
          await writeAt(file, bytes, at);
          at += bytes.length;
        }
      }
    };
    const workers = Array.from({ length: Math.min(AT_ONCE, left.length) }, work);
    try {
      await Promise.all(workers);
    } catch (error) {
      stop.abort();
      await Promise.allSettled(workers); // the file is closed after this
      throw error;
    }
  }
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function overlap(ranges: readonly Range[], { start, end }: Range): Range[] {
  return ranges
    .map((range) => ({ start: Math.max(range.start, start), end: Math.min(range.end, end) }))
    .filter((range) => range.start < range.end);
}

async function readAll(
  remote: RemoteFile,
  range: Range,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of remote.read(range, signal)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function readHeld({ path }: HeldFile, { start, end }: Range): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw new CacheError(`a file of the cache ends at ${start + at} bytes`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

const PIECE = 1 << 20;

async function copyHeld(held: HeldFile, to: FileHandle): Promise<void> {
  for (const range of held.record.ranges) {
    for (let start = range.start; start < range.end; start += PIECE) {
      const bytes = await onDisk(readHeld(held, { start, end: Math.min(start + PIECE, range.end) }));
      await writeAt(to, bytes, start);
    }
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await onDisk(file.write(bytes, done, bytes.length - done, at + done));
    done += bytesWritten;
  }
}
