import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";

/** Refuses a path that can't be a file's. */
export async function checkOut(out: string): Promise<void> {
  if (out === "") throw new CommandError("--out is empty. Give the path of a file.", EXIT.usage);
  if ((await statOf(out))?.isDirectory()) {
    throw new CommandError(`--out ${out} is a folder. Give the path of a file.`, EXIT.usage);
  }
  const folder = dirname(resolve(out));
  if (!(await statOf(folder))?.isDirectory()) {
    throw new CommandError(`--out ${out}: there is no folder ${folder}. Make it first.`, EXIT.usage);
  }
}

async function statOf(path: string) {
  return stat(path).catch(() => undefined);
}
