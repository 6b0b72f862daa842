import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ExportedRows, type ExportedRun, Service } from "@lazyruns/core";
import { onTestFinished } from "vitest";
import { Cache } from "../cache/cache.ts";
import { OpenedFiles } from "../parquet/opened-files.ts";

/** A request for a file. */
export interface FileRequest {
  readonly file: string;
  /** As it was asked for, such as `"bytes=0-3"`. */
  readonly range: string | undefined;
  readonly url: string;
}

/** A file as the host has it. */
export interface HostedFile {
  readonly bytes: Buffer;
  readonly etag?: string | undefined;
}

/** A server of files that is up until the test ends. */
export interface FileHost {
  readonly files: Map<string, HostedFile>;
  readonly requests: FileRequest[];
  /** Answers in place of the host, where it returns true. */
  intercept: (request: FileRequest, response: ServerResponse) => boolean;
  /** Whether it gives parts of files. */
  hasRanges: boolean;
  readonly cacheFolder: string;
  run(files: readonly string[], more?: Partial<ExportedRun>): ExportedRun;
  open(files: readonly string[], settings?: { maxBytes?: number; folder?: string }): Promise<OpenedFiles>;
}

/** Where signatures would be in real URLs, which no message may have. */
export const SECRET = "X-Signature=topsecret";

/** Starts a host of files. */
export async function fileHost(files: Readonly<Record<string, Buffer>>): Promise<FileHost> {
  const hosted = new Map(
    Object.entries(files).map(([name, bytes]): [string, HostedFile] => [name, { bytes, etag: '"1"' }]),
  );
  const server = createServer((incoming, response) => answer(host, incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = new Service({
    apiKey: "local-test-key-0123456789-0123456789-0123456789",
    baseUrl,
    backoff: { first: 1 },
  } as ConstructorParameters<typeof Service>[0]);
  const cacheFolder = mkdtempSync(join(tmpdir(), "lazyruns-cache-"));
  onTestFinished(async () => {
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(cacheFolder, { recursive: true, force: true });
  });
  const host: FileHost = {
    files: hosted,
    requests: [],
    intercept: () => false,
    hasRanges: true,
    cacheFolder,
    run: (names, more) => ({
      entity: "team",
      project: "demo",
      id: "abc123",
      baseUrl,
      urls: names.map((name) => `${baseUrl}/files/${name}?${SECRET}`),
      download: (url, options) => service.download(url, options),
      ...more,
    }),
    open: (names, { maxBytes = 1e10, folder = cacheFolder } = {}) =>
      OpenedFiles.open(host.run(names), new Cache({ folder, maxBytes }), undefined),
  };
  return host;
}

function answer(host: FileHost, incoming: IncomingMessage, response: ServerResponse): void {
  const url = incoming.url ?? "";
  const name = decodeURIComponent(new URL(url, "http://host").pathname.split("/").at(-1) as string);
  const request = { file: name, range: incoming.headers.range, url };
  host.requests.push(request);
  if (host.intercept(request, response)) return;
  const file = host.files.get(name);
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  sendFile(file, host.hasRanges ? request.range : undefined, response);
}

/** Sends a file, or the part that is asked for. */
export function sendFile(
  { bytes, etag }: HostedFile,
  range: string | undefined,
  response: ServerResponse,
): void {
  const mark = etag === undefined ? {} : { etag };
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  if (match === null) {
    response.writeHead(200, { ...mark, "content-length": bytes.length }).end(bytes);
    return;
  }
  const start = Number(match[1]);
  const end = Math.min(bytes.length, match[2] === "" ? bytes.length : Number(match[2]) + 1);
  if (start >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  response.writeHead(206, { ...mark, "content-range": `bytes ${start}-${end - 1}/${bytes.length}` });
  response.end(bytes.subarray(start, end));
}

/** What rows are asked for, unless a test says otherwise. */
export function wanted(rows: Partial<ExportedRows> = {}): ExportedRows {
  return {
    keys: undefined,
    match: "all",
    minStep: undefined,
    maxStep: undefined,
    batchRows: 65_536,
    signal: undefined,
    ...rows,
  };
}

/** The rows of opened files, each with the values that it has. */
export async function rowsOf(
  opened: OpenedFiles,
  rows: Partial<ExportedRows> = {},
): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const { numRows, columns } of opened.read(wanted(rows))) {
    for (let row = 0; row < numRows; row++) {
      const has = columns.filter(
        ({ validity }) => validity === null || ((validity[row >>> 3] as number) >> (row & 7)) & 1,
      );
      all.push(Object.fromEntries(has.map(({ name, values }) => [name, values[row]])));
    }
  }
  return all;
}
