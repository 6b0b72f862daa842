import type { Domain } from "@lazyruns/curves";
import { arrange, element, setText } from "../../dom.ts";
import type { UPlot } from "../draw/load-uplot.ts";
import { Plot, type PlotModel } from "../draw/plot.ts";
import { plotThemeOf } from "../draw/plot-theme.ts";
import { type Curves, curvesOf } from "../model/curves.ts";
import { type Hovered, hoveredAt } from "../model/hovered.ts";
import { type YWindow, yWindowOf } from "../model/windows.ts";
import { type CardModel, isSameCard } from "./card-model.ts";
import { CardNotes } from "./card-notes.ts";
import { CardTable } from "./card-table.ts";
import { beyondText, chartText, leftOutTexts, pointText } from "./card-texts.ts";
import { keyAction } from "./chart-keys.ts";
import { cut } from "./cut.ts";
import { axisName } from "./names.ts";
import { swatch } from "./swatch.ts";

/** What people do with a chart. */
export interface CardEvents {
  /** The pointer is at a place, in pixels of the plot area. */
  point(card: ChartCard, left: number, top: number): void;
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
  readonly node = element("section", { class: "lr-curves-card" });
  readonly metric: string;
  private readonly title = element("h4", { class: "lr-curves-title" });
  private readonly readout = element("span", { class: "lr-curves-readout" });
  private readonly host = element("div", { class: "lr-curves-plot" });
  private readonly body = element("div", { class: "lr-curves-body" });
  private readonly notes: CardNotes;
  private readonly table = new CardTable();
  private readonly events: CardEvents;

  private model: CardModel | undefined;
  private made: { readonly model: CardModel; readonly curves: Curves } | undefined;
  private window: Domain = [0, 1];
  private plot: Plot | undefined;
  private cursor: number | undefined;
  private lifted: string | undefined;
  private lacksPlot = false;

  constructor(metric: string, helpId: string, events: CardEvents) {
    this.metric = metric;
    this.events = events;
    setText(this.title, cut(metric));
    this.title.title = cut(metric);
    const head = element("div", { class: "lr-curves-head" });
    head.append(this.title, this.readout);
    this.host.tabIndex = 0;
    this.host.setAttribute("role", "application");
    this.host.setAttribute("aria-describedby", helpId);
    this.host.addEventListener("keydown", (event) => this.pressed(event));
    this.host.addEventListener("blur", () => events.leave());
    this.notes = new CardNotes(() => events.setWhole(metric, this.model?.isWhole !== true));
    this.node.append(head, this.body, this.notes.node);
  }

  /** Where along x the cursor is. */
  get cursorX(): number | undefined {
    return this.cursor;
  }

  /** The plot area; undefined: nothing is drawn. */
  get area(): HTMLElement | undefined {
    return this.plot?.area;
  }

  /** Whether it has a plot to show, and none is drawn: it has no size yet, or uPlot isn't there. */
  get isUndrawn(): boolean {
    return this.lacksPlot;
  }

  /** Where y of a point is, in pixels from the top of the plot area. */
  topOf(y: number): number {
    return this.plot?.topOf(y) ?? 0;
  }

  /** Where a value of x is, in pixels from the left of the plot area. */
  leftOf(x: number): number {
    return this.plot?.leftOf(x) ?? 0;
  }

  /** The value of x that lies so many pixels from the left of the plot area. */
  xAt(left: number): number | undefined {
    return this.plot?.xAt(left);
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
    this.lacksPlot = false;
    if (isEmpty || model.asTable) {
      this.plot?.dispose();
      this.plot = undefined;
      if (!isEmpty) this.table.update(model, curves);
      arrange(this.body, [isEmpty ? this.nothing(model) : this.table.node]);
      this.notes.update(leftOutTexts(curves, model.wording));
      return;
    }
    arrange(this.body, [this.host]);
    this.host.setAttribute("aria-label", chartText(curves, this.window, model.wording));
    const { logX, logY, isWhole } = model;
    const y = yWindowOf(curves.curves, { x: this.window, logX, logY, isWhole });
    this.noteLeftOut(model, curves, y);
    if (UPlot !== undefined) this.drawPlot(UPlot, model, { curves: curves.curves, y: y.domain });
    this.lacksPlot = this.plot === undefined;
  }

  resized(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth > 0 && clientHeight > 0) this.plot?.resize(clientWidth, clientHeight);
  }

  themeChanged(): void {
    if (this.host.isConnected) this.plot?.setTheme(plotThemeOf(this.host));
  }

  /** Whether a plot shows a value of x. */
  isIn(x: number): boolean {
    return this.plot !== undefined && x >= this.window[0] && x <= this.window[1];
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
        element("span", { class: "lr-curves-number", text: pointText(lifted, this.model.wording) }),
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
        point: (left, top) => events.point(this, left, top),
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
    return element("p", {
      class: "lr-curves-nothing",
      text: wording.trans.__("The runs shown have no values of it along %1.", x),
    });
  }

  private noteLeftOut(model: CardModel, curves: Curves, y: YWindow): void {
    const { wording, isWhole, logY } = model;
    const { trans } = wording;
    const texts = leftOutTexts(curves, wording);
    const { activeElement } = document;
    if (isWhole && !logY) this.notes.update(texts, { button: trans.__("Leave out what is far out") });
    else if (y.beyond === 0) this.notes.update(texts);
    else this.notes.update(texts, { text: beyondText(y, wording), button: trans.__("Show all of it") });
    // Where nothing is beyond any more, the button that had the focus is gone.
    if (activeElement !== document.activeElement) this.host.focus();
  }
}
