import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError } from "@lazyruns/core";
import type { DatasetTable, Manifest } from "../dataset/manifest.ts";
import { fileError } from "./file-error.ts";
import type { WorkFolder } from "./work-folder.ts";

const TABLES: readonly DatasetTable[] = ["history", "system", "runs"];

/**
 * Refuses to replace folders of tables that hold files of somebody else's. Hidden ones, which systems leave anywhere, aren't
 * minded.
 *
 * @throws InvalidArgumentError naming one
 */
export async function checkTables({ out }: WorkFolder, manifest: Manifest | undefined): Promise<void> {
  for (const table of TABLES) {
    const ours = new Set(manifest?.tables[table]?.files.map(({ path }) => path));
    for (const name of await namesIn(join(out, table))) {
      const path = `${table}/${name}`;
      if (ours.has(path) || name.startsWith(".")) continue;
      const why = manifest === undefined ? "there is no manifest.json" : "manifest.json doesn't name it";
      throw new InvalidArgumentError(
        `${join(out, table, name)} isn't a file of the dataset: ${why}. Move it elsewhere, or choose another folder.`,
      );
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw fileError(error, folder);
  }
}
