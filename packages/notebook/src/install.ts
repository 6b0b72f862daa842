import { onWork } from "@lazyruns/core";
import { shortenStack } from "./kernel/error-stack.ts";
import { showFrames } from "./kernel/foreign/frames.ts";
import { endWithCell } from "./kernel/interrupt.ts";
import { kernel } from "./kernel/output.ts";
import { shared } from "./kernel/shared.ts";
import { display, inspectInKernel, showsItself } from "./kernel/shower.ts";
import { isUnknownTslab } from "./kernel/tslab.ts";
import { Plot } from "./plot/plot.ts";
import { observeWork } from "./progress/observe-work.ts";

const UNKNOWN_TSLAB =
  "This version of tslab writes its outputs in a way that @lazyruns/notebook doesn't know: runs, frames and plots are " +
  "shown as text, and progress isn't shown. tslab 1.0 is known: npm install tslab@1.0";

/**
 * What importing this package does, once a process: values of core show themselves, of whatever copy of it, long calls
 * show how far they are and end with a cell that is interrupted, and inside a kernel polars' and danfo's frames show themselves too.
 */
export function install(): void {
  showsItself(Plot.prototype, String);
  if (shared.isInstalled) return;
  shared.isInstalled = true;
  Reflect.set(globalThis, Symbol.for("lazyruns.shower"), {
    inspect: inspectInKernel,
    display,
    made: shortenStack,
  });
  onWork(observeWork);
  onWork(endWithCell);
  if (kernel() !== undefined) showFrames();
  else if (isUnknownTslab()) process.emitWarning(UNKNOWN_TSLAB, "LazyrunsWarning");
}
