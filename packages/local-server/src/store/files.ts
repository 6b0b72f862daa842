import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type ReadStream, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { now } from "./clock.ts";
import { makeFolder } from "./data-folder.ts";
import type { Db } from "./database.ts";

/** A file of a run as it is stored. */
export interface FileRow {
  readonly run_id: number;
  readonly name: string;
  readonly size: number;
  readonly md5: string;
  readonly updated_at: string;
  /** The name of the bytes in the folder. */
  readonly content: string;
}

/**
 * The files of runs. Their bytes lie in a folder under random names, so that no name a client chooses reaches the file
 * system, and bytes that are being read are never written to. They are complete on disk before the database knows of
 * them, and go after it has forgotten them.
 */
export class Files {
  readonly #db: Db;
  readonly #folder: string;
  readonly #secret: string;

  constructor(db: Db, folder: string) {
    this.#db = db;
    this.#folder = join(folder, "files");
    makeFolder(this.#folder);
    db.run(
      "INSERT OR IGNORE INTO meta (key, value) VALUES ('file_secret', ?)",
      randomBytes(32).toString("hex"),
    );
    this.#secret = db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'file_secret'")?.value ?? "";
    this.#nameContents();
    this.#sweep();
  }

  list(runId: number): FileRow[] {
    return this.#db.all("SELECT * FROM files WHERE run_id = ? ORDER BY name", runId);
  }

  find(runId: number, name: string): FileRow | undefined {
    return this.#db.get("SELECT * FROM files WHERE run_id = ? AND name = ?", runId, name);
  }

  /** What a URL must carry to put or get a file: nobody can guess it, and it opens this file only. */
  token(runId: number, name: string): string {
    return createHmac("sha256", this.#secret).update(`${runId}/${name}`).digest("base64url");
  }

  isToken(runId: number, name: string, token: string): boolean {
    const expected = Buffer.from(this.token(runId, name));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** The bytes of a file and how many they are, as they are now: a later upload changes nothing about them. */
  async open(runId: number, name: string): Promise<{ size: number; bytes: ReadStream } | undefined> {
    // Between the look at the row and the opening, an upload may take the place of what the row named.
    for (let row = this.find(runId, name); row !== undefined; ) {
      try {
        const handle = await open(join(this.#folder, row.content));
        return { size: (await handle.stat()).size, bytes: handle.createReadStream() };
      } catch (error) {
        const next = this.find(runId, name);
        if (next?.content === row.content) throw error;
        row = next;
      }
    }
    return undefined;
  }

  /** @returns the row, or `undefined` when the run was deleted meanwhile */
  async write(runId: number, name: string, body: AsyncIterable<Buffer>): Promise<FileRow | undefined> {
    const content = randomBytes(16).toString("hex");
    const path = join(this.#folder, content);
    try {
      const { size, md5 } = await writeDurably(path, body);
      await syncFolder(this.#folder);
      const row = { run_id: runId, name, size, md5, updated_at: now(), content };
      const { isKept, old } = this.#name(row);
      const unnamed = isKept ? old?.content : content;
      if (unnamed !== undefined) await this.#remove(unnamed);
      return isKept ? row : undefined;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Forgets files, then frees their bytes: no row ever names bytes that are gone. */
  async delete(rows: readonly FileRow[]): Promise<void> {
    this.#db.transaction(() => {
      for (const { run_id, name } of rows)
        this.#db.run("DELETE FROM files WHERE run_id = ? AND name = ?", run_id, name);
    });
    for (const { content } of rows) await this.#remove(content);
  }

  /** Lets a row name new bytes, unless its run is gone. */
  #name(row: FileRow): { isKept: boolean; old: FileRow | undefined } {
    return this.#db.transaction(() => {
      const run = this.#db.get("SELECT 1 FROM runs WHERE id = ?", row.run_id);
      if (run === undefined) return { isKept: false, old: undefined };
      const old = this.find(row.run_id, row.name);
      this.#db.run(
        "INSERT OR REPLACE INTO files (run_id, name, size, md5, updated_at, content) VALUES (?, ?, ?, ?, ?, ?)",
        row.run_id,
        row.name,
        row.size,
        row.md5,
        row.updated_at,
        row.content,
      );
      return { isKept: true, old };
    });
  }

  /** Failing to remove bytes that nothing names harms nobody: the next start does it. */
  async #remove(content: string): Promise<void> {
    await rm(join(this.#folder, content), { force: true }).catch(() => undefined);
  }

  /** Older versions named bytes by a hash of run and name. */
  #nameContents(): void {
    for (const { run_id, name } of this.#db.all<FileRow>("SELECT * FROM files WHERE content = ''")) {
      const content = createHash("sha256").update(`${run_id}/${name}`).digest("hex");
      this.#db.run("UPDATE files SET content = ? WHERE run_id = ? AND name = ?", content, run_id, name);
    }
  }

  /** Removes what no row names: what a server that was killed was writing, or had yet to remove. */
  #sweep(): void {
    const named = new Set(this.#db.all<FileRow>("SELECT content FROM files").map(({ content }) => content));
    for (const content of readdirSync(this.#folder))
      if (!named.has(content)) rmSync(join(this.#folder, content), { force: true });
  }
}

async function writeDurably(
  path: string,
  body: AsyncIterable<Buffer>,
): Promise<{ size: number; md5: string }> {
  const md5 = createHash("md5");
  let size = 0;
  const handle = await open(path, "wx");
  try {
    for await (const chunk of body) {
      md5.update(chunk);
      size += chunk.length;
      await writeAll(handle, chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { size, md5: md5.digest("base64") };
}

/** One write may take a part only. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let from = 0; from < chunk.length; ) from += (await handle.write(chunk, from)).bytesWritten;
}

/** A new name in a folder is on disk when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // folders can't be opened there, and needn't be
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
