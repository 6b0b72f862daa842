import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Entry } from "./entry.ts";
import { evict } from "./evict.ts";
import type { CacheSettings } from "./folder.ts";

/** The exported files that were read before, in a folder: by where they came from, then by their contents. */
export class Cache {
  readonly #settings: CacheSettings;
  #isOff = false;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
  }

  /** Whether it turned out that the folder can't be used. */
  get isOff(): boolean {
    return this.#isOff;
  }

  /** Goes on without a cache, and says so once. */
  turnOff(reason: string): void {
    if (this.#isOff) return;
    this.#isOff = true;
    process.emitWarning(
      `Exported histories are read without a cache: ${this.#settings.folder} can't be used (${reason}). ` +
        "LAZYRUNS_CACHE_DIR names another folder.",
      "LazyrunsWarning",
    );
  }

  /** Whether anything of a place was read before. */
  async knows(place: string): Promise<boolean> {
    return (await readdir(this.#folderOf(place)).catch(() => [])).length > 0;
  }

  /** What there is of certain contents. */
  entry(place: string, identity: string, size: number): Entry {
    return new Entry(join(this.#folderOf(place), identity), identity, size);
  }

  /** Makes room, when something was added. */
  async evict(): Promise<void> {
    await evict(this.#settings.folder, this.#settings.maxBytes);
  }

  #folderOf(place: string): string {
    return join(this.#settings.folder, createHash("sha256").update(place).digest("hex").slice(0, 32));
  }
}
