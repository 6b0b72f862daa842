import type { MimeBundle } from "../bundle/mime-bundle.ts";
import type { BundleOptions } from "../bundle/options.ts";

/** Under which a plot of any copy of this package gives its output. */
export const BUNDLE = Symbol.for("lazyruns.notebook.bundle");

/** What gives its output itself. */
export interface Plotted {
  [BUNDLE](options: BundleOptions): MimeBundle;
}

export function isPlot(value: object): value is Plotted {
  return typeof (value as Partial<Plotted>)[BUNDLE] === "function";
}
