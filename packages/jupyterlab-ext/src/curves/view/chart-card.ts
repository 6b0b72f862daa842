import type { Domain } from "@lazyruns/curves";
import type { RunLook } from "../../colors/run-colors.ts";
import type { Metric } from "../../data/history-data.ts";
import type { Cell } from "../../data/runs-data.ts";
import { valueText } from "../axis/value-text.ts";
import type { UPlot } from "../draw/load-uplot.ts";
import { Plot, type PlotModel } from "../draw/plot.ts";
import { plotThemeOf } from "../draw/plot-theme.ts";
import { type Curves, curvesOf } from "../model/curves.ts";
import { type Hovered, hoveredAt } from "../model/hovered.ts";
import type { Line } from "../model/lines.ts";
import { summaryOf } from "../model/summary.ts";
import { yWindowOf } from "../model/windows.ts";
import { isSameCard } from "./card-model.ts";
import { beyondText, chartText, leftOutTexts, pointText, type Wording } from "./card-texts.ts";
import { keyAction } from "./chart-keys.ts";
import { arrange, button, cut, element, setText } from "./dom.ts";
import { axisName } from "./names.ts";
import { summaryTable } from "./summary-table.ts";
import { swatch } from "./swatch.ts";

/** What a chart shows. */
export interface CardModel {
  readonly metric: Metric;
  readonly cells: readonly Cell[] | undefined;
  readonly lines: readonly Line[];
  readonly lookOf: (key: string) => RunLook;
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The part of x that is shown; undefined: there is none. */
  readonly window: Domain | undefined;
  readonly isWhole: boolean;
  readonly asTable: boolean;
  readonly wording: Wording;
}

/** What people do with a chart. */
export interface CardEvents {
  point(card: ChartCard, x: number, top: number): void;
  /** The cursor moved by a key. */
  move(card: ChartCard, x: number): void;
  lift(card: ChartCard, by: 1 | -1): void;
  leave(): void;
  zoom(x: Domain): void;
  reset(): void;
  setWhole(metric: string, isWhole: boolean): void;
}

/** The chart of a metric: its name, the plot or a table for it, and what is left out. */
export class ChartCard {
  readonly node = element("section", "lr-curves-card");
  readonly metric: string;
  private readonly title = element("h4", "lr-curves-title");
  private readonly readout = element("span", "lr-curves-readout");
  private readonly host = element("div", "lr-curves-plot");
  private readonly body = element("div", "lr-curves-body");
  private readonly notes = element("div", "lr-curves-notes");
  private readonly events: CardEvents;

  private model: CardModel | undefined;
  private made: { readonly model: CardModel; readonly curves: Curves } | undefined;
  private window: Domain = [0, 1];
  private plot: Plot | undefined;
  private cursor: number | undefined;
  private lifted: string | undefined;
  private noted = "";

  constructor(metric: string, helpId: string, events: CardEvents) {
    this.metric = metric;
    this.events = events;
    setText(this.title, cut(metric));
    this.title.title = cut(metric);
    const head = element("div", "lr-curves-head");
    head.append(this.title, this.readout);
    this.host.tabIndex = 0;
    this.host.setAttribute("role", "application");
    this.host.setAttribute("aria-describedby", helpId);
    this.host.addEventListener("keydown", (event) => this.pressed(event));
    this.host.addEventListener("blur", () => events.leave());
    this.node.append(head, this.body, this.notes);
  }

  /** Where along x the cursor is. */
  get cursorX(): number | undefined {
    return this.cursor;
  }

  /** The plot area; undefined: nothing is drawn. */
  get area(): HTMLElement | undefined {
    return this.plot?.area;
  }

  /** Where y of a point is, in pixels from the top of the plot area. */
  topOf(y: number): number {
    return this.plot?.topOf(y) ?? 0;
  }

  /** Where a value of x is, in pixels from the left of the plot area. */
  leftOf(x: number): number {
    return this.plot?.leftOf(x) ?? 0;
  }

  /** Sets what `draw` draws. @returns whether it is anything new */
  setModel(model: CardModel): boolean {
    const isNew = !isSameCard(this.model, model);
    if (isNew) this.model = model;
    return isNew;
  }

  /** Draws what was set; without uPlot (it isn't there yet) all but the plot. */
  draw(UPlot: UPlot | undefined): void {
    const { model } = this;
    if (model === undefined) return;
    const curves = this.curves(model);
    this.window = model.window ?? [0, 1];
    const isEmpty = curves.curves.length === 0 || model.window === undefined;
    if (isEmpty || model.asTable) {
      this.plot?.dispose();
      this.plot = undefined;
      this.body.replaceChildren(isEmpty ? this.nothing(model) : this.table(model, curves));
      this.note(leftOutTexts(curves, model.wording));
      return;
    }
    arrange(this.body, [this.host]);
    this.host.setAttribute("aria-label", chartText(curves, this.window, model.wording));
    const question = { x: this.window, logY: model.logY };
    const { domain, beyond } = yWindowOf(curves.curves, { ...question, isWhole: model.isWhole });
    this.note(leftOutTexts(curves, model.wording), this.beyondNote(model, beyond));
    if (UPlot !== undefined) this.drawPlot(UPlot, model, { curves: curves.curves, y: domain });
  }

  resized(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth > 0 && clientHeight > 0) this.plot?.resize(clientWidth, clientHeight);
  }

  themeChanged(): void {
    if (this.host.isConnected) this.plot?.setTheme(plotThemeOf(this.host));
  }

  /** The points at a value of x. */
  hoveredAt(x: number): Hovered[] {
    const [low, high] = this.window;
    return hoveredAt(this.made?.curves.curves ?? [], x, this.model?.logX ? x * 0.05 : (high - low) * 0.02);
  }

  /** Shows the cursor, dots on these curves, and the lifted one's value in words; undefined: takes them away. */
  setCursor(x: number | undefined, dots: readonly Hovered[]): void {
    this.cursor = x;
    this.plot?.setCursor(x, dots);
    const lifted =
      x === undefined ? undefined : this.hoveredAt(x).find(({ curve }) => curve.key === this.lifted);
    if (lifted === undefined || this.model === undefined) this.readout.replaceChildren();
    else {
      this.readout.replaceChildren(
        swatch(this.model.lookOf(lifted.curve.key)),
        element("span", "lr-curves-number", pointText(lifted, this.model.wording)),
      );
    }
  }

  lift(key: string | undefined): void {
    this.lifted = key;
    this.plot?.highlight(key);
  }

  dispose(): void {
    this.plot?.dispose();
    this.plot = undefined;
  }

  private curves(model: CardModel): Curves {
    const { metric, cells, lines, smoothing, logX, logY } = model;
    const before = this.made?.model;
    const isSame =
      before?.metric === metric &&
      before.cells === cells &&
      before.lines === lines &&
      before.smoothing === smoothing &&
      before.logX === logX &&
      before.logY === logY &&
      before.wording.x.values === model.wording.x.values;
    const curves =
      isSame && this.made !== undefined
        ? this.made.curves
        : curvesOf({ metric, cells, x: model.wording.x, lines, smoothing, logX, logY });
    this.made = { model, curves };
    return curves;
  }

  private drawPlot(UPlot: UPlot, model: CardModel, drawn: Pick<PlotModel, "curves" | "y">): void {
    const { lookOf, logX, logY, wording } = model;
    const plotModel: PlotModel = { ...drawn, lookOf, x: this.window, xKind: wording.x.kind, logX, logY };
    if (this.plot !== undefined) {
      this.plot.update(plotModel);
      return;
    }
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === 0 || height === 0) return; // Not attached: it is drawn when it has a size.
    const { events } = this;
    this.plot = new Plot(UPlot, this.host, {
      model: plotModel,
      theme: plotThemeOf(this.host),
      size: { width, height },
      events: {
        point: (x, top) => events.point(this, x, top),
        leave: () => events.leave(),
        zoom: (x) => events.zoom(x),
        reset: () => events.reset(),
      },
    });
    this.plot.highlight(this.lifted);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || this.model === undefined) return;
    const action = keyAction(event.key, {
      curves: this.made?.curves.curves ?? [],
      window: this.window,
      cursor: this.cursor,
      logX: this.model.logX,
    });
    const isArrow = event.key.startsWith("Arrow");
    if (action === undefined && !isArrow) return;
    event.preventDefault();
    event.stopPropagation();
    if (action?.do === "move") this.events.move(this, action.x);
    else if (action?.do === "lift") this.events.lift(this, action.by);
    else if (action?.do === "zoom") this.events.zoom(action.x);
    else if (action?.do === "reset") this.events.reset();
  }

  private nothing({ wording }: CardModel): HTMLElement {
    const x = cut(axisName(wording.x.name, wording.trans));
    return element(
      "p",
      "lr-curves-nothing",
      wording.trans.__("The runs shown have no values of it along %1.", x),
    );
  }

  private table({ lookOf, wording, lines }: CardModel, curves: Curves): HTMLElement {
    const box = element("div", "lr-curves-table-box");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", chartText(curves, this.window, wording));
    box.append(
      summaryTable(
        {
          caption: cut(curves.metric),
          summaries: curves.curves.map(summaryOf),
          isGrouped: lines[0]?.isGroup ?? false,
          textOf: (value) => valueText(value, "number", wording.format),
          lookOf,
        },
        wording.trans,
      ),
    );
    return box;
  }

  private beyondNote(model: CardModel, beyond: Curves["curves"]): HTMLElement[] {
    const { trans } = model.wording;
    const flip = (text: string) =>
      button("lr-curves-link", text, () => this.events.setWhole(this.metric, !model.isWhole));
    if (model.isWhole) return [flip(trans.__("Leave out what is far out"))];
    if (beyond.length === 0) return [];
    return [element("span", "", `${beyondText(beyond, model.wording)} `), flip(trans.__("Show all of it"))];
  }

  private note(texts: readonly string[], more: readonly HTMLElement[] = []): void {
    const key = [...texts, ...more.map((node) => node.textContent)].join("\n");
    if (this.noted === key) return;
    this.noted = key;
    const said = texts.map((text) => element("p", "", text));
    if (more.length > 0) {
      const last = element("p");
      last.append(...more);
      said.push(last);
    }
    this.notes.replaceChildren(...said);
  }
}
