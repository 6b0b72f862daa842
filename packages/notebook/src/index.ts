import { install } from "./install.ts";

export * from "@lazyruns/core";
export * from "@lazyruns/dataframes";
export type { MimeBundle } from "./bundle/mime-bundle.ts";
export type { PlotOptions, RunsPlotOptions } from "./plot/options.ts";
export { type Plot, plot } from "./plot/plot.ts";
export { progress } from "./progress/switch.ts";
export { show } from "./show.ts";
export type { ShowOptions } from "./shown-runs.ts";
export { type WatchOptions, watch } from "./watch.ts";

install();
