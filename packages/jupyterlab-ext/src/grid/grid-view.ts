import { Signal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { ViewSettings } from "../settings/view-settings.ts";
import { GridActions } from "./actions.ts";
import { GridCanvas } from "./grid-canvas.ts";
import { GridMenus } from "./grid-menus.ts";
import type { GridOptions } from "./grid-options.ts";
import { type GridChange, GridState } from "./grid-state.ts";
import { GridTips } from "./grid-tips.ts";
import { KeyCapture } from "./key-capture.ts";
import { onKey } from "./keys.ts";
import { LiveRegion } from "./live-region.ts";
import { Mirror } from "./mirror.ts";
import { Narrator } from "./narrator.ts";
import type { CellPlace } from "./paint/scene.ts";
import { CHECKS, HEADINGS } from "./place.ts";
import { GridPointer } from "./pointer.ts";
import { toggleRow } from "./selection.ts";
import { StatusBar } from "./status-bar.ts";
import { Toolbar } from "./toolbar.ts";
import type { GridData } from "./view.ts";

/** A table to sort, filter, arrange and select from: a canvas, a table behind it for assistive technology, and controls. */
export class GridView extends Widget {
  private readonly live = new LiveRegion();
  private readonly actions: GridActions;
  private readonly canvas: GridCanvas;
  private readonly mirror: Mirror;
  private readonly toolbar: Toolbar;
  private readonly status: StatusBar;
  private readonly menus: GridMenus;
  private readonly tips: GridTips;
  private readonly keys: KeyCapture;
  private readonly narrator: Narrator;
  /** Whether keys are what is used: the cell they are on is marked then. */
  private isByKeys = true;

  readonly state: GridState;

  constructor(options: GridOptions, settings: ViewSettings) {
    super();
    this.addClass("lr-Grid");
    const state = new GridState(options.isFrozen);
    this.state = state;
    state.numberFormat = settings.numberFormat;
    this.actions = new GridActions(state, options, this.live);
    this.canvas = new GridCanvas(state, options, settings, () => this.onPress());
    const rectOf = (place: CellPlace) => this.canvas.rectOf(place);
    this.mirror = new Mirror(state, options);
    this.menus = new GridMenus(state, options.trans, { rectOf, refocus: () => this.focus() });
    this.toolbar = new Toolbar(state, options, this.actions, () =>
      this.menus.toggleColumns(this.toolbar.columns),
    );
    this.status = new StatusBar(state, options, this.actions, () => this.focus());
    this.tips = new GridTips(state, options, this.canvas.sizes, () => this.canvas.theme, rectOf);
    this.narrator = new Narrator(state, options, this.live);
    this.keys = new KeyCapture(
      this.mirror.table,
      (event) => this.onKeyDown(event),
      () => this.onFocusChanged(),
    );
    this.canvas.surface.mouseHandler = new GridPointer({
      state,
      actions: this.actions,
      options,
      places: this.canvas.places,
      openMenu: (column) => this.menus.openColumn(column),
      setHover: (place) => this.setHover(place),
      showDrop: (x) => this.canvas.showDrop(x),
    });
    this.build();
    state.changed.connect(this.onChanged, this);
  }

  /** Shows other rows, or the same anew. What is at the top stays there, unless the first row is. */
  setData(data: GridData): void {
    this.canvas.keepTop(() => this.state.setData(data));
  }

  setSettings(settings: ViewSettings): void {
    this.state.numberFormat = settings.numberFormat;
    this.canvas.setSettings(settings);
    this.mirror.render();
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.canvas.themeChanged();
  }

  /** Copies the selected rows; without any the row that keys are on. */
  copySelection(): Promise<void> {
    return this.actions.copy();
  }

  /** Gives the focus to the rows. */
  focus(): void {
    this.mirror.table.focus({ preventScroll: true });
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.keys.dispose();
    this.menus.close();
    this.tips.hide();
    this.toolbar.dispose();
    Signal.clearData(this.narrator);
    super.dispose();
  }

  protected override onBeforeDetach(): void {
    this.menus.close();
    this.tips.hide();
    this.keys.release();
  }

  private build(): void {
    const layout = new PanelLayout();
    this.canvas.node.append(this.mirror.node);
    layout.addWidget(new Widget({ node: this.toolbar.node }));
    layout.addWidget(this.canvas);
    layout.addWidget(new Widget({ node: this.status.node }));
    this.layout = layout;
    this.node.append(this.live.node);
    this.mirror.table.addEventListener("click", (event) => this.onMirrorClick(event));
  }

  private onChanged(_state: GridState, change: GridChange): void {
    this.canvas.isFocusShown = this.isByKeys && this.keys.isFocused;
    if (change === "view" || change === "widths") this.relay();
    else this.canvas.repaint();
    if (change === "view") {
      this.tips.hide();
      this.mirror.render();
      this.toolbar.render();
    }
    if (change === "view" || change === "selection") this.status.render();
    if (change === "selection") this.mirror.renderSelection();
    if (change === "focus") {
      this.mirror.renderFocus();
      this.canvas.reveal();
    }
  }

  private relay(): void {
    for (const [key] of this.state.look.columns.widths) this.canvas.sizes.forgetColumn(key);
    this.canvas.lay();
  }

  private onPress(): void {
    this.isByKeys = false;
    this.focus();
  }

  private onKeyDown(event: KeyboardEvent): boolean {
    this.isByKeys = true;
    const isDone = onKey(event, {
      state: this.state,
      actions: this.actions,
      pageRows: () => this.canvas.pageRows,
      openMenu: (column) => this.menus.openColumn(column),
      focusSearch: () => this.toolbar.search.focus(),
      dismiss: () => this.tips.hide(),
    });
    if (isDone && event.key !== "Escape" && this.keys.isFocused) this.tips.showActive();
    return isDone;
  }

  private onFocusChanged(): void {
    if (!this.keys.isFocused) {
      this.isByKeys = true;
      this.tips.hide();
    }
    this.node.classList.toggle("lr-mod-focused", this.keys.isFocused);
    this.canvas.isFocusShown = this.isByKeys && this.keys.isFocused;
    this.canvas.repaint();
  }

  /** What assistive technology does to the table behind the canvas. */
  private onMirrorClick(event: MouseEvent): void {
    const place = this.mirror.placeOf(event.target);
    if (place === undefined || event.target instanceof HTMLAnchorElement) return;
    this.state.activate(place);
    const key = this.state.view.columns[place.column]?.key;
    const id = this.state.order[place.row];
    if (place.row === HEADINGS && key !== undefined) this.actions.sort(key, event.shiftKey);
    else if (id !== undefined) this.state.select(toggleRow(this.state.selection, id));
  }

  private setHover(place: CellPlace | undefined): void {
    this.canvas.showHover(place);
    if (place === undefined || place.column === CHECKS) this.tips.hide();
    else this.tips.showHovered(place);
  }
}
