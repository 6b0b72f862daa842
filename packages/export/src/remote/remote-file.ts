import { createHash } from "node:crypto";
import { type Download, type ExportedRun, LazyrunsError, NetworkError, TimeoutError } from "@lazyruns/core";
import type { Range } from "../cache/ranges.ts";
import { type FileName, nameOf } from "./file-name.ts";

/** A file on the server isn't the one any more that was begun with. */
export class ChangedFileError extends LazyrunsError {
  override readonly name: string = "ChangedFileError";
}

/** How often a transfer that breaks off is taken up again without a byte more having arrived. */
const MOST_BREAKS = 3;

/** What a server says of a file, whichever part of it is asked for. */
interface Told {
  readonly size: number | undefined;
  /** What differs when the contents do, as far as the server tells. */
  readonly marks: readonly string[];
  /** Where the bytes of the answer begin. */
  readonly start: number;
}

/** What the first answer told of a file. */
export interface Probe {
  readonly file: RemoteFile;
  /** The first bytes, from a server that gives parts of files. */
  readonly head: Uint8Array | undefined;
  /** The whole file on its way, from a server that doesn't. Read it or cancel it. */
  readonly whole: Download | undefined;
}

/** A file on the server: which contents it has, and their bytes. */
export class RemoteFile {
  readonly name: FileName;
  /** How long it is; unknown where the server sends whole files only, and doesn't say. */
  readonly size: number | undefined;
  /** Whether the server gives parts of it. */
  readonly hasRanges: boolean;
  readonly marks: readonly string[];
  readonly #run: ExportedRun;
  #url: string;

  private constructor(run: ExportedRun, url: string, told: Told, hasRanges: boolean) {
    this.#run = run;
    this.#url = url;
    this.name = nameOf(run, url);
    this.size = told.size;
    this.marks = told.marks;
    this.hasRanges = hasRanges;
  }

  /**
   * Asks for a file's first bytes.
   *
   * @throws LazyrunsError for an answer that makes no sense
   */
  static async probe(
    run: ExportedRun,
    url: string,
    bytes: number,
    signal: AbortSignal | undefined,
  ): Promise<Probe> {
    const name = nameOf(run, url);
    const download = await fetchPart(run, name, url, { start: 0, end: bytes }, signal);
    const told = tellOf(download);
    if (download.status !== 206) {
      return { file: new RemoteFile(run, url, told, false), head: undefined, whole: download };
    }
    if (told.size === undefined || told.start !== 0) {
      await download.cancel();
      throw wrongRange(name, download);
    }
    const file = new RemoteFile(run, url, told, true);
    const head = await download.bytes();
    if (head.length !== Math.min(bytes, told.size))
      throw wrongLength(name, { start: 0, end: bytes }, head.length);
    return { file, head, whole: undefined };
  }

  /** Says which contents these are: other contents have another identity, as far as the server tells. */
  identity(size: number, marks: readonly string[] = this.marks): string {
    return createHash("sha256")
      .update(JSON.stringify([this.name.place, size, ...marks]))
      .digest("hex");
  }

  /**
   * The bytes of a range, all of them. A transfer that breaks off is taken up where it was.
   *
   * @throws ChangedFileError when the file is another by now
   */
  async *read(range: Range, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
    let at = range.start;
    let breaks = 0;
    while (at < range.end) {
      const before = at;
      try {
        const part = this.hasRanges ? { start: at, end: range.end } : undefined;
        const download = await fetchPart(this.#run, this.name, this.#url, part, signal, (url) => {
          this.#url = url;
        });
        try {
          let skip = this.#check(download, at);
          for await (const bytes of download.body) {
            if (skip >= bytes.length) {
              skip -= bytes.length;
              continue;
            }
            const piece = bytes.subarray(skip, skip + range.end - at);
            skip = 0;
            at += piece.length;
            yield piece;
            if (at === range.end) break;
          }
        } finally {
          await download.cancel();
        }
        if (at < range.end) throw wrongLength(this.name, range, at - range.start);
      } catch (error) {
        breaks = at > before ? 0 : breaks + 1;
        const broke =
          error instanceof NetworkError || error instanceof TimeoutError || error instanceof ShortError;
        if (!broke || breaks >= MOST_BREAKS || signal?.aborted) throw error;
      }
    }
  }

  /** How many bytes of an answer come before the one that was asked for. */
  #check(download: Download, start: number): number {
    const told = tellOf(download);
    const sameSize = told.size === undefined || this.size === undefined || told.size === this.size;
    if (!sameSize || told.marks.join("\n") !== this.marks.join("\n")) {
      throw new ChangedFileError(`${this.name.label} changed on the server while it was being read.`, {
        operation: "reading an exported history",
      });
    }
    if (download.status !== 206) return start;
    if (told.start !== start) throw wrongRange(this.name, download);
    return 0;
  }
}

/** An answer that ends before its time. */
class ShortError extends LazyrunsError {
  override readonly name: string = "ShortError";
}

async function fetchPart(
  run: ExportedRun,
  name: FileName,
  url: string,
  range: Range | undefined,
  signal: AbortSignal | undefined,
  renewed: (url: string) => void = () => undefined,
): Promise<Download> {
  const details = {
    operation: `reading the exported file ${name.file}`,
    entity: run.entity,
    project: run.project,
    run: run.id,
  };
  const fetch = (url: string) => run.download(url, { range, details, signal });
  try {
    return await fetch(url);
  } catch (error) {
    if (!isExpired(error) || run.renew === undefined) throw error;
    const urls = await run.renew(signal);
    const fresh = urls.find((other) => nameOf(run, other).place === name.place);
    if (fresh === undefined) throw error;
    renewed(fresh);
    return await fetch(fresh);
  }
}

/** Whether an error may come of a signature that is too old. */
function isExpired(error: unknown): boolean {
  return error instanceof LazyrunsError && [400, 401, 403, 410].includes(error.status ?? 0);
}

const MARKS = ["etag", "last-modified", "x-goog-hash", "x-goog-generation", "x-amz-version-id"];

function tellOf({ status, headers }: Download): Told {
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(",") : value;
  };
  const marks = MARKS.flatMap((name) => {
    const value = header(name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(header("content-range") ?? "");
    return { size: wholeNumber(range?.[2]), start: wholeNumber(range?.[1]) ?? -1, marks };
  }
  const length = header("content-encoding") === undefined ? header("content-length") : undefined;
  return { size: wholeNumber(length), start: 0, marks };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

function wrongRange(name: FileName, { headers }: Download): LazyrunsError {
  const range = JSON.stringify(headers["content-range"] ?? "none");
  return new LazyrunsError(
    `${name.label} can't be read in parts: the server answers with the range ${range.slice(0, 80)}, another than was asked for.`,
    { operation: "reading an exported history" },
  );
}

function wrongLength(name: FileName, { start, end }: Range, length: number): ShortError {
  return new ShortError(
    `${name.label} can't be read: of its bytes ${start} to ${end} the server sent ${length}, and no more.`,
    { operation: "reading an exported history" },
  );
}
