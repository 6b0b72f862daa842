import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream, createWriteStream, type ReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
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
}

/**
 * The files of runs. Their bytes lie in a folder under names made from a hash, so that no name a client chooses
 * reaches the file system; a file is complete on disk before the database knows of it.
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

  read(row: FileRow): ReadStream {
    return createReadStream(this.#path(row.run_id, row.name));
  }

  async write(runId: number, name: string, body: AsyncIterable<Buffer>): Promise<void> {
    const path = this.#path(runId, name);
    const part = `${path}.${randomBytes(6).toString("hex")}.part`;
    const md5 = createHash("md5");
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _, done) {
        md5.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(body, measure, createWriteStream(part, { flags: "wx" }));
      const handle = await open(part, "r+");
      await handle.sync();
      await handle.close();
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    this.#db.run(
      "INSERT OR REPLACE INTO files (run_id, name, size, md5, updated_at) VALUES (?, ?, ?, ?, ?)",
      runId,
      name,
      size,
      md5.digest("base64"),
      now(),
    );
  }

  /** Forgets files, then frees their bytes: no row ever names bytes that are gone. */
  async delete(rows: readonly FileRow[]): Promise<void> {
    this.#db.transaction(() => {
      for (const { run_id, name } of rows)
        this.#db.run("DELETE FROM files WHERE run_id = ? AND name = ?", run_id, name);
    });
    for (const { run_id, name } of rows) await rm(this.#path(run_id, name), { force: true });
  }

  #path(runId: number, name: string): string {
    return join(this.#folder, createHash("sha256").update(`${runId}/${name}`).digest("hex"));
  }
}
