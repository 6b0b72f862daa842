import { element } from "../dom.ts";
import type { GridActions } from "./actions.ts";
import { button } from "./button.ts";
import { headingText } from "./column.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { icon } from "./icons.ts";
import { filterText, problemText } from "./texts.ts";

/** How long after the last letter a search begins, in milliseconds. */
const PAUSE = 120;

/** The controls above a grid: search, what is filtered by, the switch for what differs, the choice of columns. */
export class Toolbar {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly actions: GridActions;
  private readonly chips: HTMLElement;
  private readonly problem: HTMLElement;
  private readonly differing: HTMLButtonElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private chipsNow = "[]";

  readonly search: HTMLInputElement;
  readonly columns: HTMLButtonElement;
  readonly node: HTMLElement;

  constructor(state: GridState, options: GridOptions, actions: GridActions, openColumns: () => void) {
    this.state = state;
    this.options = options;
    this.actions = actions;
    const { trans } = options;
    this.search = element("input", {
      class: "lr-input",
      attributes: {
        type: "search",
        placeholder: options.searchLabel,
        "aria-label": options.searchLabel,
        spellcheck: "false",
        autocomplete: "off",
      },
    });
    this.search.addEventListener("input", () => this.searchSoon());
    this.search.addEventListener("keydown", (event) => this.onSearchKey(event));
    this.chips = element("div", {
      class: "lr-Toolbar-chips",
      attributes: { role: "group", "aria-label": trans.__("Filters") },
    });
    this.problem = element("div", { class: "lr-Toolbar-problem" });
    this.differing = button({
      class: "lr-switch",
      text: trans.__("Differing only"),
      title: trans.__("Leave out config and summary columns in which all shown runs have one value"),
      attributes: { role: "switch", "aria-checked": "false" },
      onClick: () => state.update({ isDiffering: !state.look.isDiffering }),
    });
    this.columns = button({
      icon: icon("columns"),
      text: trans.__("Columns"),
      attributes: { "aria-haspopup": "dialog" },
      onClick: openColumns,
    });
    const find = element("div", { class: "lr-Toolbar-search" }, icon("search"), this.search);
    const bar = element(
      "div",
      { class: "lr-Toolbar-bar" },
      find,
      this.chips,
      element(
        "div",
        { class: "lr-Toolbar-buttons" },
        options.isOfRuns ? this.differing : undefined,
        this.columns,
      ),
    );
    this.node = element(
      "div",
      {
        class: "lr-Toolbar",
        // The host's commands on Enter and letters would take them from what is in here.
        attributes: { "data-lm-suppress-shortcuts": "true" },
      },
      bar,
      this.problem,
    );
    this.render();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  render(): void {
    const { look, view, data } = this.state;
    const { trans } = this.options;
    if (this.search.value.trim() !== look.search.trim() && document.activeElement !== this.search)
      this.search.value = look.search;
    this.differing.setAttribute("aria-checked", String(look.isDiffering));
    const filters = [...look.filters].map(([key, filter]) => {
      const column = data.columns.find((other) => other.key === key);
      const name = column === undefined ? key : headingText(column);
      const isIdle = column === undefined || view.problems.has(key);
      return { key, isIdle, text: filterText(trans, name, filter) };
    });
    const now = JSON.stringify(filters);
    // A chip that has the focus keeps it while other rows come in.
    if (now !== this.chipsNow) this.chips.replaceChildren(...filters.map((filter) => this.chip(filter)));
    this.chipsNow = now;
    this.chips.hidden = filters.length === 0;
    this.renderProblems();
  }

  private chip({ key, isIdle, text }: { key: string; isIdle: boolean; text: string }): HTMLButtonElement {
    return button({
      class: isIdle ? "lr-chip lr-mod-error" : "lr-chip",
      text,
      icon: icon(isIdle ? "warn" : "close"),
      label: this.options.trans.__("Clear the filter %1", text),
      onClick: () => {
        this.actions.clearFilter(key);
        this.search.focus();
      },
    });
  }

  private renderProblems(): void {
    const { look, view, data } = this.state;
    const { trans } = this.options;
    const lines: string[] = [];
    for (const key of look.filters.keys()) {
      const column = data.columns.find((other) => other.key === key);
      const problem = view.problems.get(key);
      if (column === undefined)
        lines.push(trans.__("There is no column %1 any more: its filter does nothing.", key));
      else if (problem !== undefined)
        lines.push(
          trans.__("The filter of %1 does nothing: %2", headingText(column), problemText(trans, problem)),
        );
    }
    this.problem.textContent = lines.join(" ");
    this.problem.hidden = lines.length === 0;
  }

  private searchSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.searchNow(), PAUSE);
  }

  private searchNow(): void {
    clearTimeout(this.timer);
    if (this.state.look.search !== this.search.value) this.state.update({ search: this.search.value });
  }

  private onSearchKey(event: KeyboardEvent): void {
    if (event.key === "Enter") this.searchNow();
    if (event.key !== "Escape" || this.search.value === "") return;
    event.stopPropagation();
    event.preventDefault();
    this.search.value = "";
    this.searchNow();
  }
}
