import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StartError } from "../errors.ts";

/**
 * Makes a folder, and those it lies in. Node's own `recursive` tries for ever in a file system that takes no folders,
 * such as /proc.
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new StartError(`${path} is a file. ${GIVE_A_FOLDER}`);
    return;
  }
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const GIVE_A_FOLDER = "Give a --data folder in which this user may make files.";

/** What is told of a data folder that can't be opened. */
export function startErrorOf(error: unknown, folder: string): StartError {
  if (error instanceof StartError) return error;
  const { code = "", message } = error as Error & { code?: string };
  if (/locked|busy/i.test(`${message} ${code}`)) {
    return new StartError(
      `${folder} is in use by another lazyruns-server. Stop that one, or give another --data folder.`,
      { cause: error },
    );
  }
  if (/NOTADB|CORRUPT|not a database|malformed/i.test(`${message} ${code}`)) {
    return new StartError(
      `${folder}: the file lazyruns.db in it is damaged, or was not made by lazyruns-server. Move it away, or give another --data folder.`,
      { cause: error },
    );
  }
  // 14 is SQLITE_CANTOPEN, which the driver wraps in words of its own.
  const why = /: 14\b/.test(message) ? "its file lazyruns.db can't be made or opened" : message;
  return new StartError(`${folder} can't be used: ${why}. ${GIVE_A_FOLDER}`, { cause: error });
}
