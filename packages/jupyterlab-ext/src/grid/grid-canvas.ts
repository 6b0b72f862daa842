import { type Message, MessageLoop } from "@lumino/messaging";
import { PanelLayout, Widget } from "@lumino/widgets";
import { element, setText } from "../dom.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { cellRect, type Rect } from "./geometry.ts";
import { GridLayout } from "./grid-layout.ts";
import { GridModel } from "./grid-model.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { paintCell } from "./paint/cell-painter.ts";
import { HEADING_HEIGHT, ROW_HEIGHT } from "./paint/measures.ts";
import type { CellPlace, Scene } from "./paint/scene.ts";
import { HEADINGS, Places } from "./place.ts";
import { howMany } from "./selection.ts";
import { Surface } from "./surface.ts";
import { type GridTheme, readTheme } from "./theme.ts";
import { scrollByTouch } from "./touch-scroll.ts";

const SIZES = { rowHeight: ROW_HEIGHT, columnWidth: 0, rowHeaderWidth: 0, columnHeaderHeight: ROW_HEIGHT };

/** What eyes see of a grid: it is measured, laid out and drawn as the grid's state is. */
export class GridCanvas extends Widget {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly model: GridModel;
  private readonly empty = element("div", { class: "lr-Grid-empty" });
  private readonly drop = element("div", { class: "lr-Grid-drop" });
  private readonly observer: ResizeObserver | undefined;
  private scene: Scene;
  private rowsPerPage: number;
  private hover: CellPlace | undefined;
  private room = 0;

  readonly places: Places;
  readonly sizes: GridLayout;
  readonly surface: Surface;
  /** Whether the cell that keys are on is marked, from the next drawing on. */
  isFocusShown = false;
  theme: GridTheme = readTheme(document.body);

  /** @param onPress - called when a press would give it the focus, which it never takes */
  constructor(state: GridState, options: GridOptions, settings: ViewSettings, onPress: () => void) {
    super();
    this.addClass("lr-Grid-host");
    this.state = state;
    this.options = options;
    this.rowsPerPage = settings.rowsPerPage;
    this.places = new Places(state.view, options.isOfRuns);
    this.model = new GridModel(this.places);
    this.sizes = new GridLayout(options.nameKey, options.isOfRuns);
    this.scene = this.makeScene();
    this.surface = new Surface(
      {
        style: this.surfaceStyle(),
        defaultSizes: SIZES,
        minimumSizes: SIZES,
        headerVisibility: "all",
        stretchLastColumn: true,
      },
      (gc, box) => paintCell(gc, box, this.scene),
      onPress,
    );
    this.surface.dataModel = this.model;
    scrollByTouch(this.surface);
    const layout = new PanelLayout();
    this.layout = layout;
    layout.addWidget(this.surface);
    this.drop.hidden = true;
    this.node.append(this.empty, this.drop);
    this.observer =
      typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(() => this.fitRoom());
    this.lay();
  }

  /** How many rows there are to a page. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.surface.pageHeight / ROW_HEIGHT));
  }

  setSettings(settings: ViewSettings): void {
    this.rowsPerPage = settings.rowsPerPage;
    this.lay();
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.theme = readTheme(this.node);
    this.sizes.forget();
    this.surface.style = this.surfaceStyle();
    this.lay();
  }

  /** Has other data come in. What is at the top stays there, unless the first row is. */
  keepTop(change: () => void): void {
    const { state, surface } = this;
    const { scrollY } = surface;
    const id = state.order[Math.floor(scrollY / ROW_HEIGHT) + state.view.numPinned];
    change();
    if (scrollY === 0 || id === undefined) return;
    const now = state.order.indexOf(id) - state.view.numPinned;
    if (now >= 0) surface.scrollTo(surface.scrollX, now * ROW_HEIGHT + (scrollY % ROW_HEIGHT));
  }

  /** Marks the row or the heading that the pointer is on. */
  showHover(place: CellPlace | undefined): void {
    const { hover } = this;
    this.hover = place;
    if (place?.row !== hover?.row || place?.row === HEADINGS || hover?.row === HEADINGS) this.repaint();
  }

  /** Shows where a heading would be put, in pixels from the left; undefined: nowhere. */
  showDrop(x: number | undefined): void {
    this.drop.hidden = x === undefined;
    if (x !== undefined) this.drop.style.left = `${Math.max(0, x - 1)}px`;
  }

  /** Draws anew what the canvas shows; columns and sizes stay. */
  repaint(): void {
    this.scene = this.makeScene();
    this.surface.repaint();
  }

  /** Lays out all anew: columns, sizes, height. */
  lay(): void {
    this.places.view = this.state.view;
    this.scene = this.makeScene();
    this.model.reset();
    const sizes = this.sizes.sizes(this.state, this.theme, this.room, this.rowsPerPage);
    this.surface.setSizes(sizes.left, sizes.body, HEADING_HEIGHT);
    this.model.reset();
    const height = `${sizes.height}px`;
    if (this.surface.node.style.height !== height) {
      this.surface.node.style.height = height;
      this.fitSurface();
    }
    this.renderEmpty();
  }

  /** Scrolls to where the keys are. */
  reveal(): void {
    const { active, view } = this.state;
    const { row, column } = active;
    if (row === HEADINGS && view.columns.length === 0) return;
    if (row >= view.numPinned) this.surface.scrollToRow(row - view.numPinned);
    if (column >= view.numFrozen) this.surface.scrollToColumn(this.places.spotOf(0, column).column);
  }

  /** Where a cell is in the window. */
  rectOf(place: CellPlace): Rect {
    return cellRect(this.surface, this.places, place);
  }

  override dispose(): void {
    this.observer?.disconnect();
    super.dispose();
  }

  protected override onAfterAttach(): void {
    this.observer?.observe(this.node);
    this.themeChanged();
    this.fitRoom();
  }

  protected override onBeforeDetach(): void {
    this.observer?.disconnect();
  }

  protected override onResize(_message: Message): void {
    this.fitRoom();
  }

  protected override onAfterShow(): void {
    this.fitRoom();
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
      focus: this.isFocusShown ? state.active : undefined,
      hover: this.hover,
      hasOrigins: state.view.columns.some(({ origin }) => origin !== ""),
      nameKey: options.nameKey,
      swatch: options.swatch,
      canOpen: options.hasPage,
    };
  }

  private fitRoom(): void {
    const room = this.node.clientWidth;
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
    setText(this.empty, text);
    this.empty.hidden = text === "";
  }
}
