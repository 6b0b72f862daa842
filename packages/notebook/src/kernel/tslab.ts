import { exportsOf } from "./modules.ts";

/** What tslab sends: a bundle of MIME types, and what names the output for later updates. */
interface DisplayData {
  readonly data: object;
  readonly metadata: object;
  readonly transient: { readonly display_id: string };
}

type Writer = (content: DisplayData, update: boolean) => void;

const KERNEL_MODULE = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

let kernels: { readonly lastWriteDisplayData?: Writer | null }[] = [];

/**
 * What writes an output of the cell that runs now, in tslab's kernel; elsewhere undefined. tslab's own functions for
 * packages write one MIME type an output, so this is the one below them. It is another for each cell.
 */
export function tslabWriter(): Writer | undefined {
  if (!("__tslab__" in globalThis)) return undefined;
  return current() ?? rescan();
}

/**
 * Whether this is tslab, and one that writes otherwise than we know: then values print as text. In its console, which has
 * no outputs, the writer is there and null.
 */
export function isUnknownTslab(): boolean {
  return (
    "__tslab__" in globalThis && !exportsOf(KERNEL_MODULE).some((known) => "lastWriteDisplayData" in known)
  );
}

/** A kernel that was started from a global tslab and handed over to a local one has both loaded: one writes. */
function current(): Writer | undefined {
  for (const { lastWriteDisplayData } of kernels) {
    if (typeof lastWriteDisplayData === "function") return lastWriteDisplayData;
  }
  return undefined;
}

function rescan(): Writer | undefined {
  kernels = exportsOf(KERNEL_MODULE);
  return current();
}
