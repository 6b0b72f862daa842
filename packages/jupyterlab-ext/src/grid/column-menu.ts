import type { TranslationBundle } from "@jupyterlab/translation";
import { element } from "../dom.ts";
import { button } from "./button.ts";
import { choicesOf } from "./choices.ts";
import { type GridColumn, headingText } from "./column.ts";
import { type ColumnsState, withFrozen, withShown, withStep, withWidth } from "./columns-state.ts";
import { FilterChoices } from "./filter-choices.ts";
import { FilterField } from "./filter-field.ts";
import type { GridState } from "./grid-state.ts";
import { type IconName, icon } from "./icons.ts";
import { clampWidth } from "./widths.ts";

/** What the menu of a heading needs from what shows it. */
interface ColumnMenuOptions {
  readonly state: GridState;
  readonly column: GridColumn;
  readonly trans: TranslationBundle;
  /** How wide the column is now. */
  readonly width: () => number;
  readonly close: () => void;
}

/** What is done to one column: sorting, filtering, moving, making wider. */
export class ColumnMenu {
  private readonly options: ColumnMenuOptions;

  readonly node: HTMLElement;
  readonly focus: HTMLElement;

  constructor(options: ColumnMenuOptions) {
    this.options = options;
    const { trans, column, state } = options;
    const title = element("div", { class: "lr-ColumnMenu-title", text: headingText(column) });
    const field = new FilterField(state, column, trans);
    const choices = choicesOf(column);
    this.node = element(
      "div",
      { class: "lr-ColumnMenu" },
      title,
      this.sorting(),
      field.node,
      choices === undefined ? undefined : new FilterChoices(state, column, choices, trans, field).node,
      this.layout(),
    );
    this.focus = field.input;
  }

  private sorting(): HTMLElement {
    const { state, column, trans, close } = this.options;
    const others = state.look.sorts.filter((sort) => sort.key !== column.key);
    const now = state.look.sorts.find((sort) => sort.key === column.key);
    const keep = element("input", { attributes: { type: "checkbox" } });
    keep.checked = now !== undefined && others.length > 0;
    const sort = (descending: boolean | undefined) => () => {
      const own = descending === undefined ? [] : [{ key: column.key, descending }];
      state.update({ sorts: [...(keep.checked ? others : []), ...own] });
      close();
    };
    const choose = (text: string, name: IconName, descending: boolean) =>
      button({
        text,
        icon: icon(name),
        attributes: { "aria-pressed": String(now?.descending === descending) },
        onClick: sort(descending),
      });
    const row = element(
      "div",
      { class: "lr-ColumnMenu-row" },
      choose(trans.__("Ascending"), "up", false),
      choose(trans.__("Descending"), "down", true),
      now === undefined ? undefined : button({ text: trans.__("Don't sort"), onClick: sort(undefined) }),
    );
    const label = element(
      "label",
      { class: "lr-ColumnMenu-check" },
      keep,
      element("span", { text: trans.__("After what is sorted by already") }),
    );
    return section(trans.__("Sort"), [row, others.length === 0 ? undefined : label]);
  }

  private layout(): HTMLElement {
    const { state, column, trans, width, close } = this.options;
    const set = (next: (columns: ColumnsState) => ColumnsState) =>
      state.update({ columns: next(state.look.columns) });
    const isFrozen = state.look.columns.frozen.has(column.key);
    const act = (text: string, name: IconName, onClick: () => void) =>
      button({ text, icon: icon(name), onClick });
    const group = () =>
      state.view.columns
        .map((other) => other.key)
        .filter((key) => state.look.columns.frozen.has(key) === isFrozen);
    const widen = (by: number) => () =>
      set((columns) => withWidth(columns, column.key, clampWidth(width() + by)));
    return section(trans.__("Column"), [
      element(
        "div",
        { class: "lr-ColumnMenu-grid" },
        act(trans.__("Move left"), "left", () =>
          set((columns) => withStep(columns, column.key, group(), -1)),
        ),
        act(trans.__("Move right"), "right", () =>
          set((columns) => withStep(columns, column.key, group(), 1)),
        ),
        act(trans.__("Narrower"), "narrow", widen(-24)),
        act(trans.__("Wider"), "wide", widen(24)),
        act(isFrozen ? trans.__("Unfreeze") : trans.__("Freeze"), "freeze", () => {
          set((columns) => withFrozen(columns, column.key, !isFrozen));
          close();
        }),
        act(trans.__("Fit width"), "fit", () => set((columns) => withWidth(columns, column.key, undefined))),
        act(trans.__("Hide"), "hide", () => {
          set((columns) => withShown(columns, column.key, false));
          close();
        }),
      ),
    ]);
  }
}

function section(title: string, children: readonly (Node | undefined)[]): HTMLElement {
  return element(
    "div",
    { class: "lr-ColumnMenu-section", attributes: { role: "group", "aria-label": title } },
    element("div", { class: "lr-ColumnMenu-label", text: title }),
    ...children,
  );
}
