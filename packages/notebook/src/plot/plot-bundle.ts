import { counted, listed } from "../bundle/format.ts";
import { historyJson } from "../bundle/history/history-json.ts";
import type { MimeBundle } from "../bundle/mime-bundle.ts";
import { HISTORY_MIME, VEGA_LITE_MIME } from "../bundle/mime-types.ts";
import type { BundleOptions } from "../bundle/options.ts";
import { wellFormed } from "../bundle/plain.ts";
import { chartsOf } from "../curves/charts.ts";
import { chartsHtml, notesOf } from "../html/charts-html.ts";
import { html } from "../html/html.ts";
import { BOX, FOOT } from "../html/style.ts";
import { chartsText } from "../text/charts-text.ts";
import { printable } from "../text/printable.ts";
import type { PlotSpec } from "./plot.ts";
import { vegaLite } from "./vega-lite.ts";

const ONE = { width: 560, height: 280 };
const SEVERAL = { width: 360, height: 190 };

/**
 * The forms of a plot: our JSON with the values as logged, text, the curves as Vega-Lite, and as drawn in the SVG of HTML.
 * An interactive one has no HTML, which JupyterLab would rather take than Vega-Lite.
 */
export function plotBundle(spec: PlotSpec, options: BundleOptions): MimeBundle {
  const { source, x, y, metricsLeftOut, groupBy, smooth, logY, dtypeOf } = spec;
  const { maxPoints = spec.maxPoints } = options;
  const charts = chartsOf(source, { x, y, groupBy, smooth, logY, maxPoints });
  const size = y.length === 1 ? ONE : SEVERAL;
  const json = historyJson(source, {
    of: "plot",
    x,
    columns: y,
    metrics: y,
    maxPoints,
    dtypeOf,
    plot: { y: y.map(wellFormed), groupBy: groupBy === undefined ? null : wellFormed(groupBy), smooth, logY },
  });
  const how = [
    ...(groupBy === undefined ? [] : [`mean of the runs of each ${groupBy}, between least and most`]),
    ...(smooth === 0 ? [] : [`smoothed by ${smooth}, as W&B's app does`]),
  ].join("; ");
  const howLine = how === "" ? "" : `${how[0]?.toUpperCase()}${how.slice(1)}.`;
  const title = `Plot of ${listed(y)} by ${x ?? "row"} · ${counted(charts.legend.length, groupBy === undefined ? "run" : "group")}`;
  const drawn = () =>
    html`<div style="${BOX}">${chartsHtml(charts, { size, logY, metricsLeftOut })}${howLine === "" ? "" : html`<div style="${FOOT}">${howLine}</div>`}</div>`;
  return {
    [HISTORY_MIME]: json,
    [VEGA_LITE_MIME]: vegaLite(charts, { size, logY }),
    ...(spec.interactive ? {} : { "text/html": String(drawn()) }),
    "text/plain": [
      printable(how === "" ? title : `${title} · ${how}`),
      ...chartsText(charts),
      ...notesOf(charts, metricsLeftOut, logY).map(printable),
    ].join("\n"),
  };
}
