import { count, counted, listed } from "../bundle/format.ts";
import type { Charts } from "../curves/charts.ts";
import { type ChartSize, chartSvg } from "../svg/chart-svg.ts";
import { curveColor, curveSample } from "../svg/palette.ts";
import { type Html, html } from "./html.ts";
import { CHARTS, FAINT, FOOT, LEGEND, LEGEND_ENTRY } from "./style.ts";

/** How many names the legend has. */
const MOST_NAMES = 12;

/** How charts are drawn. */
export interface ChartsLook {
  readonly size: ChartSize;
  readonly logY?: boolean;
  /** Metrics that have no chart. */
  readonly metricsLeftOut?: readonly string[];
}

/** Charts side by side, what their colours stand for, and what is left out of them. */
export function chartsHtml(charts: Charts, { size, logY = false, metricsLeftOut = [] }: ChartsLook): Html {
  const drawn = charts.charts.filter(({ curves }) => curves.length > 0);
  const axis = charts.axis === undefined ? "row" : charts.axis.name;
  const figures = drawn.map(
    (chart) =>
      html`<div style="flex:none;max-width:100%"><div><b>${chart.metric}</b> <span style="${FAINT}">by ${axis}${logY ? ", logarithmic" : ""}</span></div>${chartSvg(chart, charts.axis, size, logY)}</div>`,
  );
  const notes = notesOf(charts, metricsLeftOut, logY);
  return html`<div style="${CHARTS}">${figures}</div>${legend(charts)}${notes.length === 0 ? "" : html`<div style="${FOOT}">${notes.join(" ")}</div>`}`;
}

function legend({ legend: entries }: Charts): Html | string {
  if (entries.length === 0 || entries.every(({ label }) => label === "")) return "";
  const names = entries
    .slice(0, MOST_NAMES)
    .map(
      ({ label, color }) =>
        html`<span style="${LEGEND_ENTRY}"><span style="color:${curveColor(color)}">${curveSample(color)}</span> ${label}</span> `,
    );
  const rest = entries.length - names.length;
  return html`<div style="${LEGEND}">${names}${rest > 0 ? html`<span style="${FAINT}">and ${count(rest)} more</span>` : ""}</div>`;
}

/** What charts don't show. */
export function notesOf(
  { charts, pointsPerCurve }: Charts,
  metricsLeftOut: readonly string[],
  logY: boolean,
): string[] {
  const curvesLeftOut = Math.max(0, ...charts.map((chart) => chart.curvesLeftOut));
  const pointsLeftOut = charts.reduce((sum, chart) => sum + chart.pointsLeftOut, 0);
  const beyond = charts.filter((chart) => chart.beyond > 0);
  const empty = charts.filter(({ curves }) => curves.length === 0).map(({ metric }) => metric);
  return [
    ...(pointsPerCurve === undefined
      ? []
      : [`Curves have at most ${count(pointsPerCurve)} points here, their extremes among them.`]),
    ...(curvesLeftOut === 0 ? [] : [`${counted(curvesLeftOut, "more curve")} not drawn.`]),
    ...beyond.map(
      (chart) =>
        `The axis of ${chart.metric} leaves out what is far out, of ${counted(chart.beyond, "curve")}.`,
    ),
    ...(pointsLeftOut === 0
      ? []
      : [
          `${counted(pointsLeftOut, "value")} can't be drawn: ${logY ? "not above 0, or no finite number" : "no finite number"}.`,
        ]),
    ...(empty.length === 0 ? [] : [`Nothing to draw for ${listed(empty)}.`]),
    ...(metricsLeftOut.length === 0
      ? []
      : [`${counted(metricsLeftOut.length, "more metric")} without a chart: ${listed(metricsLeftOut)}.`]),
  ];
}
