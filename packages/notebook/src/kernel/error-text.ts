import type { LazyrunsError } from "@lazyruns/core";

/** Ids of missing runs that are listed. */
const LISTED = 5;

/**
 * How an error of ours prints in a cell: what happened and what to do, without the stack, which tells of our own files
 * alone. `error.stack` has it still.
 */
export function errorText(error: LazyrunsError): string {
  const lines = [`${error.name}: ${error.message}`];
  const { missing, partial } = error;
  if (missing !== undefined) {
    const more = missing.length > LISTED ? ` and ${missing.length - LISTED} more` : "";
    lines.push(`  missing: ${missing.slice(0, LISTED).join(", ")}${more}`);
  }
  if (partial !== undefined) lines.push("  What did arrive is in the error's `partial`.");
  const seen = new Set<unknown>([error]);
  for (let cause = error.cause; cause instanceof Error && !seen.has(cause); cause = cause.cause) {
    seen.add(cause);
    if (!error.message.includes(cause.message)) lines.push(`  caused by ${cause.name}: ${cause.message}`);
  }
  return lines.join("\n");
}
