import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { HttpError } from "../errors.ts";
import { mimeType } from "../graphql/file-view.ts";
import type { Store } from "../store/store.ts";
import { limited } from "./body.ts";

/** The path of a stored file: run and token; the file's name stands in the query. */
export const STORAGE_PATH = /^\/storage\/(\d+)\/([\w-]+)$/;

/** Puts or gets a file of a run at an address that the server handed out. */
export async function handleStorage(
  store: Store,
  [, run = "", token = ""]: RegExpExecArray,
  request: IncomingMessage,
  response: ServerResponse,
  maxFileBytes: number,
): Promise<void> {
  const runId = Number(run);
  const name = new URLSearchParams(request.url?.replace(/^[^?]*/, "")).get("name") ?? "";
  // Not a word on whether the file is there to who has no token for it.
  if (!store.files.isToken(runId, name, token)) throw new HttpError(404, "There is no such file");
  if (request.method === "PUT") {
    if (store.runs.byId(runId) === undefined) throw new HttpError(404, "The run was deleted");
    await store.files.write(runId, name, limited(request, maxFileBytes));
    response.writeHead(200, { "content-length": 0 }).end();
    return;
  }
  if (request.method !== "GET") throw new HttpError(405, "Only GET and PUT are allowed here");
  const file = store.files.find(runId, name);
  if (file === undefined) throw new HttpError(404, "The file was not uploaded");
  response.writeHead(200, {
    "content-type": mimeType(name),
    "content-length": file.size,
    // A file is whatever a training script wrote: a browser must not run it as a page of this server.
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
  });
  await pipeline(store.files.read(file), response);
}
