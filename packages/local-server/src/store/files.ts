import { createHash, randomBytes } from "node:crypto";
import { type ReadStream, readdirSync, rmSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { now } from "./clock.ts";
import { makeFolder } from "./data-folder.ts";
import type { Db } from "./database.ts";
import { syncFolder, writeDurably } from "./durable-file.ts";
import type { Tokens } from "./tokens.ts";

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
  readonly #tokens: Tokens;

  constructor(db: Db, folder: string, tokens: Tokens) {
    this.#db = db;
    this.#tokens = tokens;
    this.#folder = join(folder, "files");
    makeFolder(this.#folder);
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
    return this.#tokens.of(`${runId}/${name}`);
  }

  isToken(runId: number, name: string, token: string): boolean {
    return this.#tokens.isOf(`${runId}/${name}`, token);
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
