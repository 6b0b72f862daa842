import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { HttpError } from "../errors.ts";
import { mimeType } from "../graphql/file-view.ts";
import type { Store } from "../store/store.ts";
import { limited } from "./body.ts";

/** The path of a stored file: run and token; the file's name stands in the query. */
export const STORAGE_PATH = /^\/storage\/(\d+)\/([\w-]+)$/;

/** The file that a request is for. */
export interface StoredFile {
  readonly runId: number;
  readonly name: string;
}

/** @throws HttpError 404 for an address that the server didn't hand out: not a word on whether the file is there */
export function checkStorage(
  store: Store,
  [, run = "", token = ""]: RegExpExecArray,
  request: IncomingMessage,
): StoredFile {
  const runId = Number(run);
  const name = new URLSearchParams(request.url?.replace(/^[^?]*/, "")).get("name") ?? "";
  if (!store.files.isToken(runId, name, token)) throw new HttpError(404, "There is no such file");
  return { runId, name };
}

/** Puts or gets a file of a run. */
export async function handleStorage(
  store: Store,
  { runId, name }: StoredFile,
  request: IncomingMessage,
  response: ServerResponse,
  maxFileBytes: number,
): Promise<void> {
  if (request.method === "PUT") {
    if (store.runs.byId(runId) === undefined) throw new HttpError(404, "The run was deleted");
    const row = await store.files.write(runId, name, limited(request, maxFileBytes));
    if (row === undefined) throw new HttpError(404, "The run was deleted during the upload");
    response.writeHead(200, { "content-length": 0 }).end();
    return;
  }
  if (request.method !== "GET") throw new HttpError(405, "Only GET and PUT are allowed here");
  const file = await store.files.open(runId, name);
  if (file === undefined) throw new HttpError(404, "The file was not uploaded");
  response.writeHead(200, {
    "content-type": mimeType(name),
    "content-length": file.size,
    // A file is whatever a training script wrote: a browser must not run it as a page of this server.
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
  });
  await pipeline(file.bytes, response);
}
