import { type Message, MessageLoop } from "@lumino/messaging";
import { Signal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import { element } from "../dom.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { GridActions } from "./actions.ts";
import { GridLayout } from "./grid-layout.ts";
import { GridMenus } from "./grid-menus.ts";
import { GridModel } from "./grid-model.ts";
import type { GridOptions } from "./grid-options.ts";
import { type GridChange, GridState } from "./grid-state.ts";
import { GridTips } from "./grid-tips.ts";
import { KeyCapture } from "./key-capture.ts";
import { onKey } from "./keys.ts";
import { LiveRegion } from "./live-region.ts";
import { Mirror } from "./mirror.ts";
import { Narrator } from "./narrator.ts";
import { paintCell } from "./paint/cell-painter.ts";
import { HEADING_HEIGHT, ROW_HEIGHT } from "./paint/measures.ts";
import type { CellPlace, Scene } from "./paint/scene.ts";
import { CHECKS, HEADINGS, Places } from "./place.ts";
import { GridPointer } from "./pointer.ts";
import { howMany, toggleRow } from "./selection.ts";
import { StatusBar } from "./status-bar.ts";
import { Surface } from "./surface.ts";
import { readTheme } from "./theme.ts";
import { Toolbar } from "./toolbar.ts";
import { scrollByTouch } from "./touch-scroll.ts";
import type { GridData } from "./view.ts";

/** A table to sort, filter, arrange and select from: a canvas, a table behind it for assistive technology, and controls. */
export class GridView extends Widget {
  private readonly options: GridOptions;
  private readonly live = new LiveRegion();
  private readonly actions: GridActions;
  private readonly places: Places;
  private readonly model: GridModel;
  private readonly surface: Surface;
  private readonly mirror: Mirror;
  private readonly toolbar: Toolbar;
  private readonly status: StatusBar;
  private readonly menus: GridMenus;
  private readonly tips: GridTips;
  private readonly keys: KeyCapture;
  private readonly sizes: GridLayout;
  private readonly host = new Widget();
  private readonly empty = element("div", { class: "lr-Grid-empty" });
  private readonly drop = element("div", { class: "lr-Grid-drop" });
  private readonly observer: ResizeObserver | undefined;
  private readonly narrator: Narrator;
  private theme = readTheme(document.body);
  private settings: ViewSettings;
  private scene: Scene;
  private hover: CellPlace | undefined;
  /** Whether keys are what is used: the cell they are on is marked then. */
  private isByKeys = true;
  private room = 0;

  readonly state: GridState;

  constructor(options: GridOptions, settings: ViewSettings) {
    super();
    this.addClass("lr-Grid");
    this.options = options;
    this.settings = settings;
    this.state = new GridState(options.isFrozen);
    this.state.numberFormat = settings.numberFormat;
    this.actions = new GridActions(this.state, options, this.live);
    this.places = new Places(this.state.view, options.isOfRuns);
    this.model = new GridModel(this.places);
    this.sizes = new GridLayout(options.nameKey, options.isOfRuns);
    this.scene = this.makeScene();
    this.surface = this.makeSurface();
    this.mirror = new Mirror(this.state, options);
    this.menus = new GridMenus(this.state, options.trans, {
      rectOf: (place) => this.rectOf(place),
      refocus: () => this.focus(),
    });
    this.toolbar = new Toolbar(this.state, options, this.actions, () =>
      this.menus.toggleColumns(this.toolbar.columns),
    );
    this.status = new StatusBar(this.state, options, this.actions, () => this.focus());
    this.tips = new GridTips(
      this.state,
      options,
      this.sizes,
      () => this.theme,
      (place) => this.rectOf(place),
    );
    this.narrator = new Narrator(this.state, options, this.live);
    this.keys = new KeyCapture(
      this.mirror.table,
      (event) => this.onKeyDown(event),
      () => this.onFocusChanged(),
    );
    this.observer =
      typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(() => this.fitRoom());
    this.build();
    this.state.changed.connect(this.onChanged, this);
    this.lay();
  }

  /** Shows other rows, or the same anew. What is at the top stays there, unless the first row is. */
  setData(data: GridData): void {
    const { scrollY } = this.surface;
    const top = Math.floor(scrollY / ROW_HEIGHT) + this.state.view.numPinned;
    const id = this.state.order[top];
    this.state.setData(data);
    if (scrollY === 0 || id === undefined) return;
    const now = this.state.order.indexOf(id) - this.state.view.numPinned;
    if (now >= 0) this.surface.scrollTo(this.surface.scrollX, now * ROW_HEIGHT + (scrollY % ROW_HEIGHT));
  }

  setSettings(settings: ViewSettings): void {
    this.settings = settings;
    this.state.numberFormat = settings.numberFormat;
    this.lay();
    this.mirror.render();
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.theme = readTheme(this.node);
    this.sizes.forget();
    this.surface.style = this.surfaceStyle();
    this.lay();
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
    this.observer?.disconnect();
    this.keys.dispose();
    this.menus.close();
    this.tips.hide();
    this.toolbar.dispose();
    Signal.clearData(this.narrator);
    super.dispose();
  }

  protected override onAfterAttach(): void {
    this.observer?.observe(this.host.node);
    this.themeChanged();
    this.fitRoom();
  }

  protected override onBeforeDetach(): void {
    this.observer?.disconnect();
    this.menus.close();
    this.tips.hide();
    this.keys.release();
  }

  protected override onResize(_message: Message): void {
    this.fitRoom();
  }

  protected override onAfterShow(): void {
    this.fitRoom();
  }

  private build(): void {
    const layout = new PanelLayout();
    this.host.addClass("lr-Grid-host");
    const hostLayout = new PanelLayout();
    this.host.layout = hostLayout;
    hostLayout.addWidget(this.surface);
    this.drop.hidden = true;
    this.host.node.append(this.empty, this.drop, this.mirror.node);
    layout.addWidget(new Widget({ node: this.toolbar.node }));
    layout.addWidget(this.host);
    layout.addWidget(new Widget({ node: this.status.node }));
    this.layout = layout;
    this.node.append(this.live.node);
    this.mirror.table.addEventListener("click", (event) => this.onMirrorClick(event));
  }

  private makeSurface(): Surface {
    const surface = new Surface(
      {
        style: this.surfaceStyle(),
        defaultSizes: {
          rowHeight: ROW_HEIGHT,
          columnWidth: 0,
          rowHeaderWidth: 0,
          columnHeaderHeight: ROW_HEIGHT,
        },
        minimumSizes: {
          rowHeight: ROW_HEIGHT,
          columnWidth: 0,
          rowHeaderWidth: 0,
          columnHeaderHeight: ROW_HEIGHT,
        },
        headerVisibility: "all",
        stretchLastColumn: true,
      },
      (gc, box) => paintCell(gc, box, this.scene),
      () => {
        this.isByKeys = false;
        this.focus();
      },
    );
    surface.dataModel = this.model;
    surface.mouseHandler = new GridPointer({
      state: this.state,
      actions: this.actions,
      options: this.options,
      places: this.places,
      openMenu: (column) => this.menus.openColumn(column),
      setHover: (place) => this.setHover(place),
      showDrop: (x) => this.showDrop(x),
    });
    scrollByTouch(surface);
    return surface;
  }

  private surfaceStyle() {
    const { background } = this.theme;
    return { voidColor: background, backgroundColor: background, headerBackgroundColor: background };
  }

  private makeScene(): Scene {
    const { state, options } = this;
    return {
      places: this.places,
      theme: this.theme,
      numberFormat: state.numberFormat,
      look: state.look,
      ids: state.data.ids,
      selected: state.selection.ids,
      checked: howMany(state.selection, state.order),
      focus: this.isByKeys && this.keys?.isFocused ? state.active : undefined,
      hover: this.hover,
      nameKey: options.nameKey,
      swatch: options.swatch,
      canOpen: options.hasPage,
    };
  }

  /** Draws anew what the canvas shows; columns and sizes stay. */
  private repaint(): void {
    this.scene = this.makeScene();
    this.surface.repaint();
  }

  /** Lays out all anew: columns, sizes, height. */
  private lay(): void {
    this.places.view = this.state.view;
    this.scene = this.makeScene();
    this.model.reset();
    const sizes = this.sizes.sizes(this.state, this.theme, this.room, this.settings.rowsPerPage);
    this.surface.setSizes(sizes.left, sizes.body, HEADING_HEIGHT);
    this.model.reset();
    const height = `${sizes.height}px`;
    if (this.surface.node.style.height !== height) {
      this.surface.node.style.height = height;
      this.fitSurface();
    }
    this.renderEmpty();
  }

  private fitRoom(): void {
    const room = this.host.node.clientWidth;
    if (room !== this.room) {
      this.room = room;
      this.lay();
    }
    this.fitSurface();
  }

  private fitSurface(): void {
    if (this.surface.isVisible) MessageLoop.sendMessage(this.surface, Widget.ResizeMessage.UnknownSize);
  }

  private renderEmpty(): void {
    const { view, data } = this.state;
    const { trans, counted } = this.options;
    let text = "";
    if (data.ids.length === 0) text = counted(0);
    else if (view.columns.length === 0) text = trans.__("No columns are shown: choose some under “Columns”.");
    else if (view.rows.length === 0) text = trans.__("Nothing passes the filters.");
    this.empty.textContent = text;
    this.empty.hidden = text === "";
  }

  private onChanged(state: GridState, change: GridChange): void {
    if (change === "view" || change === "widths") {
      for (const [key] of state.look.columns.widths) this.sizes.forgetColumn(key);
      this.lay();
    } else {
      this.repaint();
    }
    if (change === "view") {
      this.tips.hide();
      this.mirror.render();
      this.toolbar.render();
    }
    if (change === "view" || change === "selection") this.status.render();
    if (change === "selection") this.mirror.renderSelection();
    if (change === "focus") {
      this.mirror.renderFocus();
      this.reveal();
    }
  }

  /** Scrolls to where the keys are. */
  private reveal(): void {
    const { row, column } = this.state.active;
    if (row === HEADINGS && this.state.view.columns.length === 0) return;
    const spot = this.places.spotOf(Math.max(0, row), column);
    if (row >= this.state.view.numPinned) this.surface.scrollToRow(row - this.state.view.numPinned);
    if (column >= this.state.view.numFrozen) this.surface.scrollToColumn(spot.column);
  }

  private onKeyDown(event: KeyboardEvent): boolean {
    this.isByKeys = true;
    const isDone = onKey(event, {
      state: this.state,
      actions: this.actions,
      pageRows: () => Math.max(1, Math.floor(this.surface.pageHeight / ROW_HEIGHT)),
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
    this.repaint();
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
    const isOther = place?.row !== this.hover?.row || place?.row === HEADINGS || this.hover?.row === HEADINGS;
    this.hover = place;
    if (isOther) this.repaint();
    if (place === undefined || place.column === CHECKS) this.tips.hide();
    else this.tips.showHovered(place);
  }

  private showDrop(x: number | undefined): void {
    this.drop.hidden = x === undefined;
    if (x !== undefined) this.drop.style.left = `${Math.max(0, x - 1)}px`;
  }

  /** Where a cell is in the window, in pixels. */
  private rectOf({ row, column }: CellPlace): { left: number; right: number; top: number; bottom: number } {
    const { surface, places } = this;
    const box = surface.viewport.node.getBoundingClientRect();
    const spot = places.spotOf(Math.max(0, row), column);
    const isLeft = spot.region === "row-header" || spot.region === "corner-header";
    const isTop = spot.region === "column-header" || spot.region === "corner-header";
    const region = isLeft ? "row-header" : "body";
    const x =
      surface.columnOffset(region, spot.column) + (isLeft ? 0 : surface.headerWidth - surface.scrollX);
    const y =
      row === HEADINGS
        ? 0
        : isTop
          ? HEADING_HEIGHT + (spot.row - 1) * ROW_HEIGHT
          : surface.headerHeight + spot.row * ROW_HEIGHT - surface.scrollY;
    const left = box.left + Math.max(0, Math.min(x, box.width));
    const top = box.top + y;
    const height = row === HEADINGS ? HEADING_HEIGHT : ROW_HEIGHT;
    return { left, right: left + surface.columnSize(region, spot.column), top, bottom: top + height };
  }
}
