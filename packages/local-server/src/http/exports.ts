import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { HttpError } from "../errors.ts";
import type { ExportRow } from "../store/exports.ts";
import type { Store } from "../store/store.ts";
import { byteRange } from "./range.ts";

/** The path of a Parquet file: run, token, number of the file. */
export const EXPORT_PATH = /^\/exports\/(\d+)\/([\w-]+)\/(\d+)\.parquet$/;

/** @throws HttpError 404 for an address that the server didn't hand out, or whose run was deleted */
export function checkExport(store: Store, [, run = "", token = "", number = ""]: RegExpExecArray): ExportRow {
  const isHandedOut = store.exports.isToken(Number(run), Number(number), token);
  const row = isHandedOut ? store.exports.find(Number(run), Number(number)) : undefined;
  if (row === undefined) throw new HttpError(404, "There is no such file");
  return row;
}

/** Gives a Parquet file, or a part of it. */
export async function handleExport(
  store: Store,
  row: ExportRow,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    throw new HttpError(405, "Only GET and HEAD are allowed here");
  }
  const etag = `"${Buffer.from(row.md5, "base64").toString("hex")}"`;
  const common = {
    etag,
    "accept-ranges": "bytes",
    "last-modified": new Date(row.created_at).toUTCString(),
    "cache-control": "private, immutable, max-age=31536000",
    "x-content-type-options": "nosniff",
  };
  if (isListed(headers["if-none-match"], etag)) return void response.writeHead(304, common).end();
  // RFC 9110: a range counts for GET only, and no longer when the client knows another file.
  const isOther = headers["if-range"] !== undefined && headers["if-range"] !== etag;
  const range = method === "GET" && !isOther ? byteRange(headers.range, row.size) : undefined;
  if (range === "unsatisfiable") {
    const head = { ...common, "content-range": `bytes */${row.size}`, "content-length": 0 };
    return void response.writeHead(416, head).end();
  }
  const { start, end } = range ?? { start: 0, end: row.size - 1 };
  const head = {
    ...common,
    "content-type": "application/vnd.apache.parquet",
    "content-length": end - start + 1,
    ...(range && { "content-range": `bytes ${start}-${end}/${row.size}` }),
  };
  if (method === "HEAD") return void response.writeHead(200, head).end();
  const file = await store.exports.open(row).catch(() => undefined);
  if (file === undefined) throw new HttpError(410, "The file's bytes are gone; ask for the run's files anew");
  response.writeHead(range ? 206 : 200, head);
  await pipeline(file.createReadStream({ start, end }), response);
}

function isListed(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((known) => [etag, "*"].includes(known.trim().replace(/^W\//, "")));
}
