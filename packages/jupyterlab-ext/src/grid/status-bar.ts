import { count } from "@lazyruns/curves";
import { element } from "../dom.ts";
import type { GridActions } from "./actions.ts";
import { button } from "./button.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { icon } from "./icons.ts";

/** The line below a grid: how many rows are shown and selected, and what can be done with them. */
export class StatusBar {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly count = element("span", { class: "lr-StatusBar-count" });
  private readonly alike = element("span", { class: "lr-muted" });
  private readonly selected = element("span", { class: "lr-StatusBar-selected" });
  private readonly clearFilters: HTMLButtonElement;
  private readonly selection: HTMLElement;
  private readonly pin: HTMLButtonElement;
  private readonly open: HTMLButtonElement;

  readonly node: HTMLElement;

  constructor(state: GridState, options: GridOptions, actions: GridActions, refocus: () => void) {
    this.state = state;
    this.options = options;
    const { trans, isOfRuns } = options;
    // A button that is gone after its press leaves the focus nowhere.
    const then = (act: () => void) => () => {
      act();
      refocus();
    };
    this.clearFilters = button({
      icon: icon("close"),
      text: trans.__("Clear filters"),
      onClick: then(() => actions.clearFilters()),
    });
    this.pin = button({
      icon: icon("pin"),
      text: trans.__("Pin"),
      onClick: () => actions.togglePins(state.selected),
    });
    this.open = button({
      icon: icon("open"),
      text: trans.__("Open"),
      title: trans.__("Open the run's page"),
      onClick: () => actions.open(state.selected[0]),
    });
    const copy = button({ icon: icon("copy"), text: trans.__("Copy"), onClick: () => void actions.copy() });
    const clear = button({
      icon: icon("close"),
      label: trans.__("Clear the selection"),
      class: "lr-iconButton",
      onClick: then(() => actions.clearSelection()),
    });
    this.selection = element(
      "div",
      { class: "lr-StatusBar-selection", attributes: { role: "group", "aria-label": trans.__("Selection") } },
      this.selected,
      copy,
      isOfRuns ? this.pin : undefined,
      isOfRuns ? this.open : undefined,
      clear,
    );
    this.node = element(
      "div",
      { class: "lr-StatusBar", attributes: { "data-lm-suppress-shortcuts": "true" } },
      this.count,
      this.clearFilters,
      this.alike,
      element("div", { class: "lr-Toolbar-gap" }),
      this.selection,
    );
    this.render();
  }

  render(): void {
    const { view, data, look, selected, selection } = this.state;
    const { trans, counted, countedOf, hasPage } = this.options;
    const isFiltered = look.filters.size > 0 || look.search.trim() !== "";
    const all = data.ids.length;
    this.count.textContent = isFiltered ? countedOf(view.rows.length, all) : counted(all);
    this.clearFilters.hidden = !isFiltered;
    this.alike.textContent = trans._n(
      "%2 column alike",
      "%2 columns alike",
      view.numAlike,
      count(view.numAlike),
    );
    this.alike.hidden = view.numAlike === 0;
    this.selection.hidden = selection.ids.size === 0;
    const hidden = this.numHidden();
    const text = trans.__("%1 selected", count(selected.length));
    this.selected.textContent =
      hidden === 0 ? text : `${text} ${trans.__("(%1 more filtered out)", count(hidden))}`;
    const arePinned = selected.length > 0 && selected.every((id) => look.pinned.has(id));
    const label = this.pin.querySelector("span");
    if (label !== null) label.textContent = arePinned ? trans.__("Unpin") : trans.__("Pin");
    const [id] = selected;
    this.open.hidden = selected.length !== 1 || id === undefined || !hasPage(id);
  }

  /** How many of the selected rows are in the data, but filtered out. */
  private numHidden(): number {
    const { data, selection, selected } = this.state;
    if (selection.ids.size === selected.length) return 0;
    return data.ids.filter((id) => selection.ids.has(id)).length - selected.length;
  }
}
