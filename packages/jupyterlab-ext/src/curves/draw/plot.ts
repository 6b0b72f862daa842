import type { Domain } from "@lazyruns/curves";
import type uPlot from "uplot";
import type { RunLook } from "../../colors/run-colors.ts";
import { axisTexts, axisTicks } from "../axis/axis-ticks.ts";
import type { Curve } from "../model/curves.ts";
import type { Hovered } from "../model/hovered.ts";
import type { AxisKind } from "../model/x-axis.ts";
import { type Frame, placeX, placeY, valueAt } from "./frame.ts";
import { Layer } from "./layer.ts";
import type { UPlot } from "./load-uplot.ts";
import { paintCurve, paintDot } from "./paint.ts";
import type { PlotTheme } from "./plot-theme.ts";

/** What a plot shows. */
export interface PlotModel {
  readonly curves: readonly Curve[];
  readonly lookOf: (key: string) => RunLook;
  readonly x: Domain;
  readonly y: Domain;
  readonly xKind: AxisKind;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** What people do with a plot. */
export interface PlotEvents {
  /** The pointer is at a place, in pixels of the plot area. */
  point(left: number, top: number): void;
  leave(): void;
  /** A part of x was chosen by dragging. */
  zoom(x: Domain): void;
  reset(): void;
}

/** How wide lines are: where there are many thinner, and unbroken, as dashes are seen no more and take long to draw. */
const WIDTH = 1.5;
const THIN = 1;
const MANY = 24;
/** With how many points in a chart they are drawn more coarsely: so many lie over one another then. */
const MANY_POINTS = 16_000;
const HIGHLIGHT_WIDTH = 2.5;
const HOVER_DOT = 3.5;
/** How many labels an axis has: one every so many pixels. */
const X_LABEL = 64;
const Y_LABEL = 36;

/**
 * A chart: axes, cursor and dragging are uPlot's; curves are drawn on a canvas of their own between its two layers, so that
 * another look at one curve needs no other to be drawn again.
 */
export class Plot {
  private chart: uPlot;
  private readonly all = new Layer("lr-curves-all");
  private readonly top = new Layer("lr-curves-top");
  private highlighted: string | undefined;
  private hovered: readonly Hovered[] = [];

  private readonly UPlot: UPlot;
  private readonly host: HTMLElement;
  private readonly events: PlotEvents;
  private model: PlotModel;
  private theme: PlotTheme;
  private size: { readonly width: number; readonly height: number };

  constructor(
    UPlot: UPlot,
    host: HTMLElement,
    start: {
      readonly events: PlotEvents;
      readonly model: PlotModel;
      readonly theme: PlotTheme;
      readonly size: { readonly width: number; readonly height: number };
    },
  ) {
    this.UPlot = UPlot;
    this.host = host;
    this.events = start.events;
    this.model = start.model;
    this.theme = start.theme;
    this.size = start.size;
    this.chart = this.make();
  }

  /** Draws something else; uPlot's own chart is made anew only where an axis becomes of another sort. */
  update(model: PlotModel): void {
    const { logX, logY } = this.model;
    this.model = model;
    if (logX !== model.logX || logY !== model.logY) this.remake();
    else this.chart.setData(this.extents());
  }

  setTheme(theme: PlotTheme): void {
    const keys = Object.keys(theme) as (keyof PlotTheme)[];
    if (keys.every((key) => theme[key] === this.theme[key])) return;
    const isSameFont = theme.font === this.theme.font;
    this.theme = theme;
    if (isSameFont) this.chart.redraw(false, true);
    else this.remake();
  }

  resize(width: number, height: number): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    this.chart.setSize(this.size);
  }

  /** Puts the cursor at a value of x, and dots on curves; undefined: takes it away. */
  setCursor(x: number | undefined, hovered: readonly Hovered[]): void {
    const hadDots = this.hovered.length > 0;
    this.hovered = hovered;
    const [low, high] = this.model.x;
    const isInside = x !== undefined && x >= low && x <= high;
    const left = isInside ? placeX(this.frame())(x) : -10;
    this.chart.setCursor({ left, top: isInside ? 0 : -10 }, false);
    if (hadDots || hovered.length > 0) this.paintTop();
  }

  /** Lifts one curve out of the others. */
  highlight(key: string | undefined): void {
    if (key === this.highlighted) return;
    this.highlighted = key;
    this.paintTop();
  }

  /** The plot area and what it shows. */
  frame(): Frame {
    const { x, y, logX, logY } = this.model;
    return { ...this.areaOf(this.chart), x, y, logX, logY };
  }

  /** Where a value of y is, in pixels from the top of the plot area. */
  topOf(y: number): number {
    return placeY(this.frame())(y);
  }

  /** Where a value of x is, in pixels from the left of the plot area. */
  leftOf(x: number): number {
    return placeX(this.frame())(x);
  }

  /** The value of x at so many pixels from the left of the plot area. */
  xAt(left: number): number {
    const { width, x, logX } = this.frame();
    return valueAt(x, left / width, logX);
  }

  /** Where the plot area lies within the chart. */
  get area(): HTMLElement {
    return this.chart.over;
  }

  dispose(): void {
    this.chart.destroy();
  }

  private remake(): void {
    this.chart.destroy();
    this.chart = this.make();
  }

  private make(): uPlot {
    const { UPlot, model } = this;
    // The places are round already: uPlot would leave out those of a logarithmic axis that aren't powers of ten.
    const filter = (_: uPlot, places: number[]) => places;
    // Nor would it draw any axis for whose extent it knows no step: of what it has, its own go up to 1e16.
    const incrs = () => [Number.MAX_VALUE];
    const axis = { font: this.theme.font, stroke: () => this.theme.text, filter, incrs };
    const lines = { stroke: () => this.theme.grid, width: 1 };
    const chart = new UPlot(
      {
        ...this.size,
        padding: [8, 12, 0, 0],
        legend: { show: false },
        scales: {
          x: { time: false, distr: model.logX ? 3 : 1, range: () => [...this.model.x] },
          y: { distr: model.logY ? 3 : 1, range: () => [...this.model.y] },
        },
        series: [{}, { paths: () => null, points: { show: false } }],
        axes: [
          {
            ...axis,
            size: 26,
            gap: 4,
            grid: { show: false },
            ticks: { ...lines, size: 4 },
            border: { show: true, stroke: () => this.theme.axis, width: 1 },
            splits: (u) =>
              axisTicks(
                this.model.x,
                labels(this.areaOf(u).width || u.width, X_LABEL),
                this.model.xKind,
                this.model.logX,
              ),
            values: (_, places) => axisTexts(places, this.model.xKind),
          },
          {
            ...axis,
            size: (u, texts) => widthOf(u, texts ?? []),
            gap: 6,
            grid: lines,
            ticks: { show: false },
            splits: (u) =>
              axisTicks(
                this.model.y,
                labels(this.areaOf(u).height || u.height, Y_LABEL),
                "number",
                this.model.logY,
              ),
            values: (_, places) => axisTexts(places, "number"),
          },
        ],
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: true, y: false, setScale: false, dist: 4 },
          bind: {
            dblclick: () => () => {
              this.events.reset();
              return null;
            },
          },
        },
        hooks: {
          draw: [() => this.paintAll()],
          setSelect: [(u) => this.selected(u)],
        },
      },
      this.extents(),
      this.host,
    );
    chart.over.prepend(this.all.node, this.top.node);
    chart.over.addEventListener("mousemove", (event) => this.pointed(event));
    chart.over.addEventListener("mouseleave", () => this.events.leave());
    return chart;
  }

  /** What uPlot takes its scales from: curves aren't its own series, as each has x of its own. */
  private extents(): uPlot.AlignedData {
    return [[...this.model.x], [...this.model.y]];
  }

  /**
   * How large the plot area is, in pixels of CSS. The page can't be asked: the host hides all that it shows while it puts
   * another theme on, which is when charts are drawn anew.
   */
  private areaOf({ bbox }: uPlot): { readonly width: number; readonly height: number } {
    const { pxRatio } = this.UPlot;
    return { width: bbox.width / pxRatio, height: bbox.height / pxRatio };
  }

  private pointed(event: MouseEvent): void {
    const { left, top, width } = this.chart.over.getBoundingClientRect();
    if (width > 0) this.events.point(event.clientX - left, event.clientY - top);
  }

  private selected(u: uPlot): void {
    const { left, width } = u.select;
    if (width <= 0) return;
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.events.zoom([this.xAt(left), this.xAt(left + width)]);
  }

  private paintAll(): void {
    if (this.chart === undefined) return; // uPlot's first drawing may come within its constructor
    const frame = this.frame();
    const { curves, lookOf } = this.model;
    const isMany = curves.length > MANY;
    const width = isMany ? THIN : WIDTH;
    const points = curves.reduce((sum, { x }) => sum + x.length, 0);
    const column = Math.min(4, Math.max(1, points / MANY_POINTS));
    const lookIn = (key: string) => (isMany ? { ...lookOf(key), dash: [] } : lookOf(key));
    this.all.paint(frame.width, frame.height, (context) => {
      for (const curve of curves)
        paintCurve(context, curve, { look: lookIn(curve.key), width, column }, frame);
    });
    this.paintTop();
  }

  private paintTop(): void {
    const frame = this.frame();
    const { curves, lookOf } = this.model;
    const lifted = curves.find(({ key }) => key === this.highlighted);
    this.all.node.classList.toggle("lr-mod-behind", lifted !== undefined);
    this.top.paint(frame.width, frame.height, (context) => {
      if (lifted !== undefined) {
        paintCurve(context, lifted, { look: lookOf(lifted.key), width: HIGHLIGHT_WIDTH, column: 1 }, frame);
      }
      for (const { curve, x, y } of this.hovered) {
        context.fillStyle = this.theme.ground;
        paintDot(context, { x, y, radius: HOVER_DOT + 1.5 }, frame);
        context.fillStyle = lookOf(curve.key).color;
        paintDot(context, { x, y, radius: HOVER_DOT }, frame);
      }
    });
  }
}

function labels(pixels: number, each: number): number {
  return Math.max(2, Math.floor(pixels / each));
}

/** Room for the widest label, in pixels of CSS. */
function widthOf(u: uPlot, texts: readonly string[]): number {
  const { ctx } = u;
  ctx.font = (u.axes[1]?.font as unknown as [string] | undefined)?.[0] ?? ctx.font;
  const ratio = window.devicePixelRatio || 1;
  return 12 + Math.ceil(Math.max(16, ...texts.map((text) => ctx.measureText(text ?? "").width / ratio)));
}
