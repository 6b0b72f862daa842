import type { Domain } from "@lazyruns/curves";
import { type ISignal, Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { createRunColors, type RunLook } from "../colors/run-colors.ts";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";
import { element } from "../dom.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";
import { ChartGrid } from "./chart-grid.ts";
import { type Grouping, groupings } from "./model/groups.ts";
import { keepSame } from "./model/keep-same.ts";
import { type Line, type Lines, linesOf, MOST_LINES } from "./model/lines.ts";
import { xWindowOf, zoomWithin } from "./model/windows.ts";
import { xAxisOf, xChoices } from "./model/x-axis.ts";
import { type CurvesState, firstState, nextState } from "./state.ts";
import type { Wording } from "./view/card-texts.ts";
import { Hover } from "./view/hover.ts";
import { Legend } from "./view/legend.ts";
import { panelNotes } from "./view/panel-notes.ts";
import { Toolbar } from "./view/toolbar.ts";
import { Tooltip } from "./view/tooltip.ts";

/** Curves of runs, a chart a metric, below one row of controls. */
export class CurvesPanel extends Widget {
  readonly context: ViewContext;
  private settings: ViewSettings;
  private history: HistoryData | undefined;
  private shown: readonly string[] | undefined;
  private state: CurvesState | undefined;
  private touched = false;
  private groups: readonly Grouping[] = [];
  private lines: Lines = { lines: [], total: 0, absent: 0 };
  private visible: readonly Line[] = [];
  /** From where to where x goes when nothing is zoomed. */
  private whole: Domain | undefined;
  private groupColors = createRunColors();
  private looks: ReadonlyMap<string, RunLook> = new Map();
  private lookOf: (key: string) => RunLook = () => ({ color: "currentColor", dash: [] });

  private readonly drawnSignal = new Signal<this, void>(this);
  private readonly toolbar: Toolbar;
  private readonly legend: Legend;
  private readonly notes = element("div", { class: "lr-curves-notes" });
  private readonly grid: ChartGrid;
  private readonly hover: Hover;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.settings = context.settings;
    const { trans } = context;
    this.addClass("lr-curves");
    // Arrow keys move the cursor of a chart, and not the notebook's cells.
    this.node.dataset.lmSuppressShortcuts = "true";
    this.toolbar = new Toolbar(trans, (change) => this.change(change));
    this.legend = new Legend(trans, {
      highlight: (key) => this.hover.lift(key),
      toggle: (key, isAlone) => this.toggle(key, isAlone),
    });
    this.grid = new ChartGrid(
      trans,
      {
        point: (card, left, top) => this.hover.point(card, left, top),
        move: (card, x) => this.hover.move(card, x),
        lift: (card, by) => this.hover.liftNext(card, by),
        leave: () => this.hover.leave(),
        zoom: (zoom) => this.change({ zoom: zoomWithin(zoom, this.whole, this.state?.logX ?? false) }),
        reset: () => this.change({ zoom: undefined }),
        setWhole: (metric, isWhole) => this.setWhole(metric, isWhole),
      },
      () => {
        this.hover.again();
        this.drawnSignal.emit();
      },
    );
    this.hover = new Hover(this.node, new Tooltip(trans), () => ({
      cards: this.grid.all(),
      wording: this.wording(),
      lookOf: this.lookOf,
    }));
    this.node.append(
      this.toolbar.node,
      this.legend.node,
      this.notes,
      this.grid.node,
      this.hover.tooltip.node,
      this.hover.live,
      this.grid.helpNode,
    );
  }

  /** Told when all that is in sight is drawn. */
  get drawn(): ISignal<this, void> {
    return this.drawnSignal;
  }

  /**
   * Draws other histories, or the same anew: axes, smoothing, grouping and zoom stay.
   *
   * @param runs - their names and configs, to name and to group by; undefined: of histories alone
   */
  setData(history: HistoryData, runs: RunsData | undefined): void {
    const before = this.history;
    this.history = before === undefined ? history : keepSame(history, before);
    this.state =
      this.state === undefined || before === undefined
        ? firstState(this.history, this.settings)
        : nextState(this.state, this.history, before);
    // Here and nowhere else: it looks at the whole config of all runs.
    this.groups = groupings(this.history, runs, this.context.trans.__("none"), this.state.groupBy);
    this.regroup();
    this.render();
  }

  /** Which runs are drawn, in order; undefined: all. */
  setShown(ids: readonly string[] | undefined): void {
    if (ids === this.shown || (ids !== undefined && this.shown !== undefined && isSame(ids, this.shown)))
      return;
    this.shown = ids === undefined ? undefined : [...ids];
    this.regroup();
    this.render();
  }

  setSettings(settings: ViewSettings): void {
    const { smoothing } = this.settings;
    this.settings = settings;
    const isFree = !this.touched && this.history?.plot === undefined;
    if (this.state !== undefined && isFree && settings.smoothing !== smoothing) {
      this.state = { ...this.state, smoothing: settings.smoothing };
    }
    this.recolor();
    this.render();
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.grid.themeChanged();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.toolbar.dispose();
    this.grid.dispose();
    super.dispose();
  }

  /** The theme may be another one since it was last on the page. */
  protected override onAfterAttach(): void {
    this.themeChanged();
  }

  private change(change: Partial<CurvesState>): void {
    if (this.state === undefined || this.history === undefined) return;
    const before = this.state;
    this.state = { ...before, ...change };
    if (change.smoothing !== undefined) this.touched = true;
    if (before.groupBy !== this.state.groupBy) {
      this.groupColors = createRunColors();
      this.regroup();
    } else if (before.hidden !== this.state.hidden) this.choose();
    if (before.x !== this.state.x || before.logX !== this.state.logX) this.hover.leave();
    this.render();
  }

  private toggle(key: string, isAlone: boolean): void {
    if (this.state === undefined) return;
    const { hidden } = this.state;
    const others = this.lines.lines.filter((line) => line.key !== key).map((line) => line.key);
    if (isAlone) {
      const areOff = others.every((other) => hidden.has(other));
      this.change({ hidden: new Set(areOff ? [] : others) });
      return;
    }
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    this.change({ hidden: next });
  }

  private setWhole(metric: string, isWhole: boolean): void {
    const whole = new Set(this.state?.whole);
    if (isWhole) whole.add(metric);
    else whole.delete(metric);
    this.change({ whole });
  }

  /** Makes the lines anew: the runs, their groups, or which of them are shown are others. */
  private regroup(): void {
    if (this.history === undefined || this.state === undefined) return;
    const groupBy = this.groups.find(({ key }) => key === this.state?.groupBy);
    this.lines = linesOf(this.history, this.shown, groupBy?.groupOf);
    this.choose();
    this.recolor();
  }

  private choose(): void {
    const visible = this.lines.lines.filter(({ key }) => !this.state?.hidden.has(key));
    if (!isSameLines(visible, this.visible)) this.visible = visible;
  }

  private recolor(): void {
    const { palette } = this.settings;
    const isGrouped = this.lines.lines[0]?.isGroup === true;
    const colors = isGrouped ? this.groupColors : this.context.colors;
    // Colours go by the order of the first look: that of the legend, not of what is drawn first.
    const looks = new Map(this.lines.lines.map(({ key }) => [key, colors.look(key, palette)]));
    const isSame = this.lines.lines.every(({ key }) => isSameLook(looks.get(key), this.looks.get(key)));
    if (isSame && this.looks.size === looks.size) return; // and so no chart has anything new
    this.looks = looks;
    this.lookOf = (key) => looks.get(key) ?? colors.look(key, palette);
  }

  private wording(): Wording {
    const { history, state } = this;
    const x = history === undefined ? undefined : xAxisOf(history, state?.x ?? null);
    return {
      trans: this.context.trans,
      format: this.settings.numberFormat,
      x: x ?? { name: null, kind: "number", values: undefined },
    };
  }

  private render(): void {
    const { history, state, visible, lookOf } = this;
    if (history === undefined || state === undefined) return;
    const { smoothing, logX, logY, asTables: asTable } = state;
    this.toolbar.node.hidden = state.metrics.length === 0;
    this.toolbar.update({ state, x: xChoices(history), groupings: this.groups });
    this.legend.update({ lines: this.lines.lines, hidden: state.hidden, lookOf });
    const wording = this.wording();
    const metrics = state.metrics.flatMap((name) =>
      state.shown.has(name) ? (history.metrics.find((metric) => metric.name === name) ?? []) : [],
    );
    this.whole = xWindowOf({
      x: wording.x,
      lines: visible,
      metrics: metrics.map(({ values }) => values),
      logX,
    });
    const window = state.zoom ?? this.whole;
    const cells = new Map(history.columns.map((column) => [column.name, column.values]));
    const notes = panelNotes(
      {
        history,
        lines: this.lines,
        shown: this.shown,
        visible: visible.length,
        charts: metrics.length,
        most: MOST_LINES,
      },
      this.context.trans,
    );
    this.notes.replaceChildren(...notes.map((text) => element("p", { text })));
    const isDrawn = visible.length > 0;
    this.grid.update(
      (isDrawn ? metrics : []).map((metric) => ({
        metric,
        cells: cells.get(metric.name),
        lines: visible,
        lookOf,
        smoothing,
        logX,
        logY,
        window,
        isWhole: state.whole.has(metric.name),
        asTable,
        wording,
      })),
    );
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

function isSameLook(one: RunLook | undefined, other: RunLook | undefined): boolean {
  return one?.color === other?.color && one?.dash === other?.dash;
}

function isSameLines(one: readonly Line[], other: readonly Line[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ key, label, isGroup, runs }, at) => {
      const line = other[at] as Line;
      return (
        line.key === key && line.label === label && line.isGroup === isGroup && isSameRows(line.runs, runs)
      );
    })
  );
}

function isSameRows(one: Line["runs"], other: Line["runs"]): boolean {
  return (
    one.length === other.length &&
    one.every((run, at) => {
      const rows = other[at] as Line["runs"][number];
      return (
        run.length === rows.length &&
        run.every(({ start, end }, n) => rows[n]?.start === start && rows[n]?.end === end)
      );
    })
  );
}
