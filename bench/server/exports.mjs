// The Parquet files that the server has of exported histories, and requests for parts of them.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { exportFileName } from "./export-file.mjs";

/**
 * @import { IncomingMessage, ServerResponse } from "node:http"
 * @typedef {{ status: number, headers: Record<string, string | number>, bytes: number, path?: string, start: number }} Part
 */

/** Where the files are, and where they are to be had; set when the server starts. */
export const place = { folder: "", url: "" };

/** As of an object store: the address of a file is signed, and its signature has nothing to do with its content. */
const SIGNATURE = `signature=${process.pid.toString(36)}${Date.now().toString(36)}`;

/** @param {{ rows?: number, isExported: boolean }} project @returns {string[]} */
export const exportUrlsOf = ({ rows, isExported }) =>
  isExported && rows !== undefined ? [`${place.url}/exports/${exportFileName(rows)}?${SIGNATURE}`] : [];

/**
 * What a request for a file or a part of it gets.
 *
 * @param {IncomingMessage} request
 * @returns {Promise<Part>}
 */
export async function partOf({ url = "", headers }) {
  const name = /^\/exports\/([\w.-]+)\?/.exec(url)?.[1];
  const path = name?.endsWith(".parquet") ? join(place.folder, name) : undefined;
  const found = path && url.endsWith(SIGNATURE) ? await stat(path).catch(() => undefined) : undefined;
  if (found === undefined || path === undefined) return { status: 404, headers: {}, bytes: 0, start: 0 };
  const about = {
    "content-type": "application/octet-stream",
    "accept-ranges": "bytes",
    etag: `"${found.size.toString(16)}-${found.mtimeMs.toString(16)}"`,
    "last-modified": found.mtime.toUTCString(),
  };
  const { size } = found;
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? "");
  if (range === null) return { status: 200, headers: about, bytes: size, path, start: 0 };
  const [, first = "", last = ""] = range;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start >= end) {
    return { status: 416, headers: { ...about, "content-range": `bytes */${size}` }, bytes: 0, start: 0 };
  }
  const contentRange = `bytes ${start}-${end - 1}/${size}`;
  return {
    status: 206,
    headers: { ...about, "content-range": contentRange },
    bytes: end - start,
    path,
    start,
  };
}

/** @param {Part} part @param {IncomingMessage} request @param {ServerResponse} response */
export function sendPart({ status, headers, bytes, path, start }, request, response) {
  response.writeHead(status, { ...headers, "content-length": bytes });
  if (path === undefined || bytes === 0 || request.method === "HEAD") return void response.end();
  const file = createReadStream(path, { start, end: start + bytes - 1, highWaterMark: 1 << 20 });
  file.once("error", () => response.destroy());
  response.once("close", () => file.destroy());
  file.pipe(response);
}
