import { createHash } from "node:crypto";
import { type FileHandle, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeDurably } from "../files/durable.ts";
import { partName } from "../stage/records.ts";
import type { RunRecord } from "./run-record.ts";

interface Place {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly mark: string;
  readonly digest: string;
}

/** Rows of the table of runs that are staged: files of lines, of which only the places are kept in memory. */
export class StagedRecords {
  readonly #folder: string;
  readonly #places = new Map<string, Place>();
  readonly #handles = new Map<string, FileHandle>();
  #next = 1;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens what is staged in a folder. Files that aren't whole are deleted. */
  static async open(folder: string): Promise<StagedRecords> {
    const records = new StagedRecords(folder);
    for (const name of (await readdir(folder)).filter((name) => name.startsWith("runs-")).sort()) {
      const path = join(folder, name);
      const data = await readFile(path);
      const end = data.indexOf(10);
      const body = data.subarray(end + 1);
      if (!/^runs-\d+\.jsonl$/.test(name) || data.subarray(0, end).toString() !== sumOf(body)) await rm(path);
      else {
        records.#next = Number(name.slice(5, -6)) + 1;
        records.#index(path, body, end + 1);
      }
    }
    return records;
  }

  /** What told that a run's row is as it was, and what tells its values; undefined for one that isn't staged. */
  about(id: string): Pick<RunRecord, "mark" | "digest"> | undefined {
    return this.#places.get(id);
  }

  /** Adds rows, which are on the disk then. */
  async add(records: readonly RunRecord[]): Promise<void> {
    if (records.length === 0) return;
    const path = join(this.#folder, `${partName("runs", this.#next++)}.jsonl`);
    const body = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const head = `${sumOf(body)}\n`;
    await writeDurably(path, Buffer.concat([Buffer.from(head), body]));
    this.#index(path, body, head.length);
  }

  async get(id: string): Promise<RunRecord | undefined> {
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    let handle = this.#handles.get(place.path);
    if (handle === undefined) {
      handle = await open(place.path);
      this.#handles.set(place.path, handle);
    }
    const bytes = Buffer.alloc(place.length);
    await handle.read(bytes, 0, place.length, place.offset);
    return JSON.parse(bytes.toString("utf8")) as RunRecord;
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close();
    this.#handles.clear();
  }

  #index(path: string, body: Buffer, start: number): void {
    for (let at = 0; at < body.length; ) {
      const end = body.indexOf(10, at);
      const { id, mark, digest } = JSON.parse(body.toString("utf8", at, end)) as RunRecord;
      this.#places.set(id, { path, offset: start + at, length: end - at, mark, digest });
      at = end + 1;
    }
  }
}

function sumOf(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}
