import type { MimeBundle } from "../bundle/bundle.ts";
import { html } from "../html/html.ts";
import { BOX } from "../html/style.ts";

/** A bundle with a line of text below it. */
export function withNote(bundle: MimeBundle, note: string): MimeBundle {
  const above = bundle["text/html"];
  return {
    ...bundle,
    "text/plain": `${bundle["text/plain"]}\n${note}`,
    ...(above !== undefined && { "text/html": `${above}${html`<div style="${BOX}">${note}</div>`}` }),
  };
}

/** What is said of runs that the server doesn't know any more. */
export function deletedNote(ids: Iterable<string>): string {
  return `Deleted meanwhile: ${[...ids].join(", ")}.`;
}

/** What a failure says, on one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
