import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { InvalidArgumentError, LazyrunsError } from "@lazyruns/core";

/** What a failure of the file system means for the file that is written, and what to do. */
export function fileError(path: string, cause: unknown): LazyrunsError {
  const folder = dirname(path);
  const { code, message } = cause as NodeJS.ErrnoException;
  const details = { operation: "writing a Parquet file", cause };
  switch (code) {
    case "ENOENT":
      if (existsSync(folder)) break; // there are folders that take no files, such as /proc
      return new InvalidArgumentError(
        `${path} can't be written: the folder ${folder} doesn't exist. Make it first.`,
        details,
      );
    case "ENOTDIR":
      return new InvalidArgumentError(`${path} can't be written: ${folder} is no folder.`, details);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new LazyrunsError(
        `${path} can't be written: files can't be made in ${folder} (${code}). Choose a folder you may write to.`,
        details,
      );
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new LazyrunsError(
        `${path} can't be written: the disk is full, or has no room for a file of that size (${code}). Free some ` +
          "space or choose another disk. What was written is gone again; a file that was there is as it was.",
        details,
      );
  }
  return new LazyrunsError(`${path} can't be written: ${message}`, details);
}
