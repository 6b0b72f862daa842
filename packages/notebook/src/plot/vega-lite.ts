import { wellFormed } from "../bundle/plain.ts";
import type { Charts } from "../curves/charts.ts";
import type { Chart, Curve } from "../curves/curve.ts";
import type { ChartSize } from "../svg/chart-svg.ts";
import { curveColor } from "../svg/palette.ts";

/** A grey that reads on white and on near black: Vega's own labels are black, and a notebook may be dark. */
const GREY = "#7f7f7f";

/** How it is drawn. */
interface Look {
  readonly size: ChartSize;
  readonly logY: boolean;
}

/**
 * Charts as Vega-Lite 5 (https://vega.github.io/vega-lite/docs/spec.html): pan, zoom, and values where the pointer is.
 * Points are CSV, which takes a third of what objects take; curves are told by number, so that no name is looked for in
 * data or read as an expression.
 */
export function vegaLite(charts: Charts, look: Look): Record<string, unknown> {
  const drawn = charts.charts.filter(({ curves }) => curves.length > 0);
  const views = drawn.map((chart, index) => view(chart, index, charts, look));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    background: "transparent",
    config: {
      view: { stroke: null },
      axis: {
        labelColor: GREY,
        titleColor: GREY,
        domainColor: GREY,
        tickColor: GREY,
        gridColor: GREY,
        gridOpacity: 0.2,
        titleFontWeight: "normal",
      },
      legend: {
        labelColor: GREY,
        titleColor: GREY,
        symbolType: "stroke",
        symbolStrokeWidth: 2,
        labelLimit: 240,
      },
      title: { color: GREY, anchor: "start", fontSize: 12 },
    },
    ...(views.length === 1 ? views[0] : { columns: 2, concat: views }),
  };
}

function view(
  chart: Chart,
  index: number,
  { axis, legend }: Charts,
  { size, logY }: Look,
): Record<string, unknown> {
  const isTime = axis?.isTime === true;
  const isBand = chart.curves.some(({ low }) => low !== undefined);
  const names = legend.map(({ color, label }) => ({ s: String(color), name: wellFormed(label) }));
  const shown = legend.filter(({ color }) => chart.curves.some((curve) => curve.color === color));
  const x = {
    field: "x",
    type: isTime ? "temporal" : "quantitative",
    title: wellFormed(axis?.name ?? "row"),
    scale: { zero: false, nice: false },
  };
  const yOf = (field: string) => ({
    field,
    type: "quantitative",
    title: null,
    scale: logY
      ? { type: "log", nice: false }
      : chart.beyond > 0
        ? { domain: chart.domain }
        : { zero: false },
  });
  const color = {
    field: "s",
    type: "nominal",
    scale: {
      domain: shown.map((entry) => String(entry.color)),
      range: shown.map((entry) => curveColor(entry.color)),
    },
    legend: legend.length > 1 ? { title: null, labelExpr: labels(legend), symbolOpacity: 1 } : null,
  };
  const line = {
    // A name of its own: charts whose parameters have one name zoom together, on y too.
    params: [{ name: `zoom_${index}`, select: "interval", bind: "scales" }],
    mark: {
      type: "line",
      strokeWidth: 1.5,
      clip: true,
      point: chart.curves.every((curve) => curve.x.length === 1),
    },
    encoding: {
      x,
      y: yOf("y"),
      color,
      tooltip: [
        { field: "name", type: "nominal", title: "curve" },
        { field: "x", type: x.type, title: tooltipTitle(x.title, "x") },
        { field: "y", type: "quantitative", title: tooltipTitle(wellFormed(chart.metric), "y") },
      ],
    },
  };
  const band = {
    mark: { type: "area", opacity: 0.18, clip: true },
    encoding: { x, y: yOf("low"), y2: { field: "high" }, color },
  };
  return {
    title: wellFormed(chart.metric),
    width: size.width - 60,
    height: size.height - 40,
    data: {
      values: csv(chart.curves, isBand),
      format: {
        type: "csv",
        parse: { s: "string", x: "number", y: "number", ...(isBand && { low: "number", high: "number" }) },
      },
    },
    transform: [{ lookup: "s", from: { data: { values: names }, key: "s", fields: ["name"] } }],
    layer: isBand ? [band, line] : [line],
  };
}

/** Labels of the legend by the curves' numbers; a name is a quoted text of Vega's expressions, whatever it holds. */
function labels(legend: Charts["legend"]): string {
  const names = Object.fromEntries(legend.map(({ color, label }) => [`n${color}`, wellFormed(label)]));
  return `${quoted(names)}['n' + datum.value]`;
}

/** JSON that is an expression of Vega's too: these two end a line there, within quotes as well. */
function quoted(value: object): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Vega-Lite 5.6 puts these titles into an expression as they are: what would end its quotes is said otherwise. */
function tooltipTitle(name: string, otherwise: string): string {
  return /["\\\p{Cc}\u2028\u2029]/u.test(name) ? otherwise : name;
}

function csv(curves: readonly Curve[], isBand: boolean): string {
  const lines = [isBand ? "s,x,y,low,high" : "s,x,y"];
  for (const { color, x, y, low = y, high = y } of curves) {
    for (let at = 0; at < x.length; at++) {
      const cells = isBand ? [y, low, high] : [y];
      lines.push([color, x[at], ...cells.map((values) => short(values[at] as number))].join(","));
    }
  }
  return lines.join("\n");
}

/** Seven digits: more than a screen shows. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
