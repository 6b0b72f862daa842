import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError, LazyrunsError } from "@lazyruns/core";
import { fileError } from "../files/file-error.ts";
import { MANIFEST, type Manifest, VERSION } from "./manifest.ts";

/**
 * The manifest of a dataset; undefined where there is none.
 *
 * @throws InvalidArgumentError for one that a newer version of this library wrote, or that isn't one
 */
export async function readManifest(out: string): Promise<Manifest | undefined> {
  const path = join(out, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(error, path);
  }
  return checkManifest(path, text);
}

function checkManifest(path: string, text: string): Manifest {
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text) as Partial<Manifest> | null;
  } catch (cause) {
    throw new LazyrunsError(
      `${path} is broken: it isn't JSON. Put it back from a copy, or export to another folder.`,
      { operation: "reading a dataset", cause },
    );
  }
  if (manifest?.format !== "lazyruns-dataset" || typeof manifest.version !== "number") {
    throw new InvalidArgumentError(
      `${path} isn't the manifest of a dataset of this library. Choose another folder.`,
    );
  }
  if (manifest.version > VERSION) {
    throw new InvalidArgumentError(
      `${path} is of version ${manifest.version}, and this library knows version ${VERSION}: a newer one wrote it. ` +
        "Update @lazyruns/export, or export to another folder.",
    );
  }
  const { source, tables, runs } = manifest;
  if (typeof source !== "object" || typeof tables !== "object" || !Array.isArray(runs)) {
    throw new LazyrunsError(
      `${path} is broken: it lacks what a dataset is of. Put it back from a copy, or export to another folder.`,
      { operation: "reading a dataset" },
    );
  }
  checkPaths(path, manifest as Manifest);
  return manifest as Manifest;
}

/** Files of a table are in its folder: no manifest leads elsewhere. */
function checkPaths(path: string, { tables }: Manifest): void {
  for (const [table, { files }] of Object.entries(tables)) {
    const stray = files.find(
      ({ path }) => !/^[a-z]+\/part-\d+\.parquet$/.test(path) || !path.startsWith(`${table}/`),
    );
    if (stray === undefined && TABLES.includes(table)) continue;
    throw new LazyrunsError(
      `${path} is broken: it names ${JSON.stringify(stray?.path ?? table)}, which is no file of a table. Put it back ` +
        "from a copy, or export to another folder.",
      { operation: "reading a dataset" },
    );
  }
}

const TABLES: readonly string[] = ["runs", "history", "system"];
