import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../bundle/bundle.ts";
import { denoJupyter } from "./deno.ts";
import { tslabWriter } from "./tslab.ts";

/** An output of a cell, which can be changed later, also when its cell has ended. */
export interface Display {
  /** Puts another bundle in its place. */
  update(bundle: MimeBundle): void;
}

/** The notebook's kernel that this process is; undefined in any other program. */
export function kernel(): "tslab" | "deno" | undefined {
  if (tslabWriter() !== undefined) return "tslab";
  return denoJupyter() === undefined ? undefined : "deno";
}

/** Shows a bundle as an output of the cell that runs now; undefined outside a kernel. */
export function newDisplay(bundle: MimeBundle): Display | undefined {
  if (kernel() === undefined) return undefined;
  const transient = { display_id: randomUUID() };
  const send = (data: MimeBundle, update: boolean) => write({ data, metadata: {}, transient }, update);
  send(bundle, false);
  return { update: (changed) => send(changed, true) };
}

/**
 * By the cell that runs now, also for an output of an earlier one: what an earlier cell wrote with may be dropped. A
 * kernel that can't send any more has nobody to tell, and what is shown beside the cell's own code mustn't end it.
 */
function write(
  content: { data: object; metadata: object; transient: { display_id: string } },
  update: boolean,
): void {
  try {
    const tslab = tslabWriter();
    if (tslab !== undefined) tslab(content, update);
    else {
      const sent = denoJupyter()?.broadcast(update ? "update_display_data" : "display_data", content);
      Promise.resolve(sent).catch(() => undefined);
    }
  } catch {}
}
