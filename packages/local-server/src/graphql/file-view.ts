import { extname } from "node:path";
import type { FileRow } from "../store/files.ts";
import type { RunRow } from "../store/runs.ts";
import type { Context } from "./context.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".txt": "text/plain",
  ".log": "text/plain",
  ".yaml": "text/yaml",
  ".yml": "text/yaml",
  ".csv": "text/csv",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".html": "text/html",
};

/** A file as the schema has it. */
export function fileView(file: FileRow, run: RunRow, context: Context) {
  const url = fileUrl(run, file.name, context);
  return {
    id: fileId(file),
    name: file.name,
    url,
    directUrl: url,
    uploadUrl: url,
    sizeBytes: file.size,
    mimetype: mimeType(file.name),
    updatedAt: file.updated_at,
    md5: file.md5,
  };
}

/** The opaque id of a file: a file has no number, but a run and a name. */
function fileId({ run_id, name }: FileRow): string {
  return Buffer.from(`File:${run_id}:${name}`).toString("base64");
}

/** The file of an id, or `undefined` when there is none. */
export function fileById(id: string, { store }: Context): FileRow | undefined {
  const [, run, name] = /^File:(\d+):([\s\S]*)$/.exec(Buffer.from(id, "base64").toString()) ?? [];
  return run === undefined || name === undefined ? undefined : store.files.find(Number(run), name);
}

/**
 * Where a file is put and got: the address carries a token for this file, since uploads carry no key. The name stands
 * in the query: in the path, a client would resolve its dots.
 */
export function fileUrl({ id }: Pick<RunRow, "id">, name: string, { baseUrl, store }: Context): string {
  return `${baseUrl}/storage/${id}/${store.files.token(id, name)}?name=${encodeURIComponent(name)}`;
}

/** By the name's ending; unknown ones are bytes. */
export function mimeType(name: string): string {
  return TYPES[extname(name).toLowerCase()] ?? "application/octet-stream";
}
