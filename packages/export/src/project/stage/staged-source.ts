import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError, LazyrunsError } from "@lazyruns/core";
import type { DatasetSource } from "../dataset/manifest.ts";
import { VERSION } from "../dataset/manifest.ts";
import { writeDurably } from "../files/durable.ts";
import type { WorkFolder } from "../files/work-folder.ts";
import { checkSame } from "../identity.ts";

/**
 * Says in the folder of work what is being exported there, or refuses to go on with what is of something else.
 *
 * @throws InvalidArgumentError
 */
export async function checkStagedSource(
  { out, work, staged, next }: WorkFolder,
  source: DatasetSource,
): Promise<void> {
  const path = join(work, "source.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  const isEmpty = !existsSync(next) && (await readdir(staged)).length === 0;
  if (text === undefined || isEmpty) {
    await writeDurably(path, JSON.stringify({ version: VERSION, source }));
    return;
  }
  const there = parsed(text);
  if (there === undefined) {
    throw new LazyrunsError(
      `${path} is broken: it isn't JSON. Delete ${work}: what is staged there is fetched again.`,
      {
        operation: "exporting a project",
      },
    );
  }
  if (there.version > VERSION) {
    throw new InvalidArgumentError(
      `${out} is being exported to by a newer version of this library. Update @lazyruns/export, or choose another folder.`,
    );
  }
  checkSame(out, there.source, source);
}

function parsed(text: string): { version: number; source: DatasetSource } | undefined {
  try {
    return JSON.parse(text) as { version: number; source: DatasetSource };
  } catch {
    return undefined;
  }
}
