import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { HttpError } from "../errors.ts";

const unzip = promisify(gunzip);

/** Reads a request's body as text, unpacked when it is gzip'd; `limit` bytes hold before and after. */
export async function readText(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of limited(request, limit)) {
    chunks.push(chunk);
    size += chunk.length;
  }
  const body = Buffer.concat(chunks, size);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return body.toString("utf8");
  if (encoding !== "gzip")
    throw new HttpError(415, `Content-Encoding ${encoding} is not supported; send gzip or none`);
  try {
    return (await unzip(body, { maxOutputLength: limit })).toString("utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw new HttpError(400, "The body is not gzip");
  }
}

/** A request's body, refused as soon as it is longer than `limit` bytes. */
export async function* limited(
  request: IncomingMessage,
  limit: number,
): AsyncGenerator<Buffer, void, undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  let size = 0;
  // What is refused is still read to its end: the iterator must leave the request, and so the connection, as it is.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/** Reads a JSON body. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers["content-type"] ?? "application/json";
  if (!/^application\/json\b/i.test(type))
    throw new HttpError(415, `Content-Type ${type} is not supported; send application/json`);
  const text = await readText(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "The body is not JSON");
  }
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, `The body is larger than ${limit} bytes`);
}
