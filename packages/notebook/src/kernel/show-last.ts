import { bundleOf, type MimeBundle } from "../bundle/bundle.ts";
import { isRuns } from "../bundle/kinds.ts";
import { reasonOf } from "./note.ts";
import { newDisplay } from "./output.ts";

/**
 * Shows a value that nobody waits for. Of a collection of runs that is empty so far, the first page is fetched, and
 * takes the output's place when it is there; a failure is a line of the output.
 *
 * @returns whether it was shown; not when it is none of ours, or outside a kernel
 */
export function showLast(value: object): boolean {
  const bundle = bundleOf(value);
  const display = bundle && newDisplay(bundle);
  if (bundle === undefined || display === undefined) return false;
  if (isEmptySoFar(value)) firstPage(value, bundle).then((loaded) => display.update(loaded));
  return true;
}

/**
 * The bundle of a value, for a kernel that waits for it: of a collection that is empty so far, with its first page.
 * Undefined when the value is none of ours.
 */
export function awaitedBundle(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  const bundle = bundleOf(value);
  return bundle !== undefined && isEmptySoFar(value) ? firstPage(value, bundle) : bundle;
}

function isEmptySoFar(value: object): boolean {
  if (!isRuns(value)) return false;
  const { fetched, isComplete } = value.peek();
  return fetched.length === 0 && !isComplete;
}

/** Never rejects: a failure is a line below what there was. */
async function firstPage(value: object, before: MimeBundle): Promise<MimeBundle> {
  try {
    if (isRuns(value)) await value.at(0);
    return bundleOf(value) ?? before;
  } catch (error) {
    const failed = bundleOf(value, { failure: `The runs could not be loaded. ${reasonOf(error)}` }) ?? before;
    // Without the JSON, whose viewers would show an empty table and no reason.
    const { "text/plain": plain, "text/html": html } = failed;
    return { "text/plain": plain, ...(html !== undefined && { "text/html": html }) };
  }
}
