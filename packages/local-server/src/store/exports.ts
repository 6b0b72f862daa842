import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { now } from "./clock.ts";
import { makeFolder } from "./data-folder.ts";
import type { Db } from "./database.ts";
import { syncFolder, writeDurably } from "./durable-file.ts";
import type { LineRange } from "./lines.ts";
import type { Tokens } from "./tokens.ts";

/** A Parquet file of a run's history. It never changes: clients keep it by its run and number. */
export interface ExportRow {
  readonly run_id: number;
  /** 0, 1, 2 … of a run. */
  readonly number: number;
  /** The lines of history that it holds, from `first_line` up to but not with `end_line`. */
  readonly first_line: number;
  readonly end_line: number;
  readonly size: number;
  readonly md5: string;
  /** The name of the bytes in the folder. */
  readonly content: string;
  readonly created_at: string;
}

/** The bytes of a file, on disk. */
type WrittenExport = Pick<ExportRow, "size" | "md5" | "content">;

/**
 * The Parquet files of runs. Each is complete on disk before the database knows of it, and goes after it was forgotten.
 */
export class Exports {
  readonly #db: Db;
  readonly #folder: string;
  readonly #tokens: Tokens;

  constructor(db: Db, folder: string, tokens: Tokens) {
    this.#db = db;
    this.#tokens = tokens;
    this.#folder = join(folder, "exports");
    this.#sweep();
  }

  /** The files of a run in the order they were made; each goes on where the one before it ends. */
  list(runId: number): ExportRow[] {
    return this.#db.all("SELECT * FROM exports WHERE run_id = ? ORDER BY number", runId);
  }

  find(runId: number, number: number): ExportRow | undefined {
    return this.#db.get("SELECT * FROM exports WHERE run_id = ? AND number = ?", runId, number);
  }

  /** The first line of history that is in no file. */
  firstLive(runId: number): number {
    return this.list(runId).at(-1)?.end_line ?? 0;
  }

  /** What a URL must carry to get a file. */
  token(runId: number, number: number): string {
    return this.#tokens.of(nameOf(runId, number));
  }

  isToken(runId: number, number: number, token: string): boolean {
    return this.#tokens.isOf(nameOf(runId, number), token);
  }

  /** @throws the file system's error when the file isn't there */
  open({ content }: ExportRow): Promise<FileHandle> {
    return open(join(this.#folder, content));
  }

  /** The files of a run whose bytes somebody took out of the folder, or cut off. */
  lost(runId: number): ExportRow[] {
    return this.list(runId).filter(
      ({ content, size }) => statSync(join(this.#folder, content), { throwIfNoEntry: false })?.size !== size,
    );
  }

  /** Adds a file with lines that go on where the last one ends. There is none afterwards when the run was deleted. */
  add(runId: number, lines: LineRange, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#write(bytes, (written) => this.#name(runId, lines, written));
  }

  /** Gives a file its bytes again: of the same lines, so that it is the same to who has read it. */
  async restore(row: ExportRow, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#write(bytes, (written) => this.#rename(row, written));
    await this.#remove(row.content);
  }

  /** Writes bytes that go again where nothing comes to name them. */
  async #write(bytes: AsyncIterable<Uint8Array>, name: (written: WrittenExport) => boolean): Promise<void> {
    makeFolder(this.#folder);
    const content = randomBytes(16).toString("hex");
    try {
      const written = await writeDurably(join(this.#folder, content), bytes);
      await syncFolder(this.#folder);
      if (!name({ ...written, content })) await this.#remove(content);
    } catch (error) {
      await this.#remove(content);
      throw error;
    }
  }

  /** Frees the bytes of files that were forgotten with their run. */
  async free(rows: readonly ExportRow[]): Promise<void> {
    for (const { content } of rows) await this.#remove(content);
  }

  #rename({ run_id, number, content: before }: ExportRow, { size, md5, content }: WrittenExport): boolean {
    return this.#db.transaction(() => {
      if (this.find(run_id, number)?.content !== before) return false;
      this.#db.run(
        "UPDATE exports SET size = ?, md5 = ?, content = ? WHERE run_id = ? AND number = ?",
        ...[size, md5, content, run_id, number],
      );
      return true;
    });
  }

  #name(runId: number, { from, end }: LineRange, { size, md5, content }: WrittenExport): boolean {
    return this.#db.transaction(() => {
      const run = this.#db.get("SELECT 1 FROM runs WHERE id = ?", runId);
      if (run === undefined || this.firstLive(runId) !== from) return false;
      const values = [runId, this.list(runId).length, from, end, size, md5, content, now()];
      this.#db.run(
        `INSERT INTO exports (run_id, number, first_line, end_line, size, md5, content, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...values,
      );
      return true;
    });
  }

  /** Failing to remove bytes that nothing names harms nobody: the next start does it. */
  async #remove(content: string): Promise<void> {
    await rm(join(this.#folder, content), { force: true }).catch(() => undefined);
  }

  /** Removes what no row names: what a server that was killed was writing, or had yet to remove. */
  #sweep(): void {
    if (!existsSync(this.#folder)) return;
    const named = new Set(
      this.#db.all<ExportRow>("SELECT content FROM exports").map(({ content }) => content),
    );
    for (const content of readdirSync(this.#folder))
      if (!named.has(content)) rmSync(join(this.#folder, content), { force: true });
  }
}

function nameOf(runId: number, number: number): string {
  return `export/${runId}/${number}`;
}
