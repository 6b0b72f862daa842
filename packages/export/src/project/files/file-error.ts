import { LazyrunsError } from "@lazyruns/core";

const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];
const REFUSED: readonly unknown[] = ["EACCES", "EPERM", "EROFS"];

/** What a failure of the file system means for an export, and what to do. What isn't one stays as it is. */
export function fileError(error: unknown, path: string): unknown {
  if (error instanceof LazyrunsError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const details = { operation: "exporting a project", cause: error };
  if (FULL.includes(code)) {
    return new LazyrunsError(
      `${path} can't be written: the disk is full (${code}). What was fetched is kept: free some space and export again.`,
      details,
    );
  }
  if (REFUSED.includes(code)) {
    return new LazyrunsError(`${path} can't be written: you may not write there (${code}).`, details);
  }
  return new LazyrunsError(`${path} can't be read or written: ${message}`, details);
}
