import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import { element } from "../dom.ts";
import { button } from "./button.ts";
import { type GridColumn, headingText, wholeHeading } from "./column.ts";
import { behindLast, ordered, withAllShown, withMoved, withShown, withStep } from "./columns-state.ts";
import type { GridState } from "./grid-state.ts";
import { icon } from "./icons.ts";
import { LineDrag } from "./line-drag.ts";

/** How many columns are listed: a project may have thousands of keys, and a search finds the others. */
const MOST = 200;

/** What columns are chosen and ordered in: a list of check boxes that can be searched, and dragged to other places. */
export class ColumnsMenu {
  private readonly state: GridState;
  private readonly trans: TranslationBundle;
  private readonly list = element("div", { class: "lr-ColumnsMenu-list", attributes: { role: "list" } });
  private readonly count = element("div", { class: "lr-ColumnsMenu-count", attributes: { role: "status" } });
  private readonly drag = new LineDrag({
    list: this.list,
    among: (line) => this.among(line),
    drop: (line, before) => this.drop(line, before),
  });
  private lines = new Map<HTMLElement, { readonly key: string; readonly isFrozen: boolean }>();

  readonly search: HTMLInputElement;
  readonly node: HTMLElement;

  constructor(state: GridState, trans: TranslationBundle) {
    this.state = state;
    this.trans = trans;
    const label = trans.__("Find columns");
    this.search = element("input", {
      class: "lr-input",
      attributes: { type: "search", placeholder: label, "aria-label": label, spellcheck: "false" },
    });
    this.search.addEventListener("input", () => this.render());
    const all = (isShown: boolean) => () => {
      const keys = this.found().map((column) => column.key);
      state.update({ columns: withAllShown(state.look.columns, keys, isShown) });
      this.render();
    };
    const bar = element(
      "div",
      { class: "lr-ColumnsMenu-bar" },
      this.count,
      button({ text: trans.__("Show all"), onClick: all(true) }),
      button({ text: trans.__("Hide all"), onClick: all(false) }),
    );
    this.node = element("div", { class: "lr-ColumnsMenu" }, this.search, bar, this.list);
    this.render();
  }

  private found(): GridColumn[] {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { look, data } = this.state;
    return ordered(look.columns, data.columns).filter((column) => {
      const text = headingText(column).toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  private render(): void {
    this.renderCount();
    const { frozen } = this.state.look.columns;
    const found = this.found();
    this.lines = new Map();
    for (const isFrozen of [true, false]) {
      const group = found.filter((column) => frozen.has(column.key) === isFrozen);
      const keys = group.map((column) => column.key);
      group.slice(0, MOST - this.lines.size).forEach((column, at) => {
        this.lines.set(this.line(column, at, keys), { key: column.key, isFrozen });
      });
    }
    this.list.replaceChildren(...this.lines.keys(), ...this.rest(found.length));
  }

  /** What is said below the list. */
  private rest(numFound: number): HTMLElement[] {
    const { trans } = this;
    const more = numFound - MOST;
    if (numFound > 0 && more <= 0) return [];
    const text =
      numFound === 0
        ? trans.__("No column has such a name.")
        : trans._n("%2 more column: search for it", "%2 more columns: search for them", more, count(more));
    return [
      element("div", { class: "lr-muted lr-ColumnsMenu-rest", text, attributes: { role: "listitem" } }),
    ];
  }

  /** @param keys - of the columns among which it can be moved, in order */
  private line(column: GridColumn, at: number, keys: readonly string[]): HTMLElement {
    const { state } = this;
    const name = headingText(column);
    // By itself the label would read as one word with where the column is from.
    const box = element("input", { attributes: { type: "checkbox", "aria-label": wholeHeading(column) } });
    box.checked = state.look.columns.shown.has(column.key);
    box.addEventListener("change", () => {
      state.update({ columns: withShown(state.look.columns, column.key, box.checked) });
      this.renderCount();
    });
    const text = element("span", { class: "lr-ColumnsMenu-name", text: column.name, title: name });
    const origin =
      column.origin === "" ? undefined : element("span", { class: "lr-muted", text: column.origin });
    // Keys have buttons of their own for it.
    const handle = element(
      "span",
      { class: "lr-ColumnsMenu-handle", attributes: { "aria-hidden": "true" } },
      icon("grip"),
    );
    const mover = (step: -1 | 1) => this.mover(column, name, step, keys[at + step] === undefined, keys);
    const line = element(
      "div",
      { class: "lr-ColumnsMenu-line", attributes: { role: "listitem" } },
      handle,
      element("label", {}, box, text, origin),
      mover(-1),
      mover(1),
    );
    this.drag.add(line, handle);
    return line;
  }

  /** The lines that one can be put among: what is frozen stays before what isn't. */
  private among(line: HTMLElement): HTMLElement[] {
    const isFrozen = this.lines.get(line)?.isFrozen;
    return [...this.lines].filter(([, other]) => other.isFrozen === isFrozen).map(([node]) => node);
  }

  private drop(line: HTMLElement, before: HTMLElement | undefined): void {
    const { state, lines } = this;
    const { columns } = state.look;
    const key = lines.get(line)?.key as string;
    const next =
      before === undefined
        ? behindLast(
            columns.order,
            this.among(line).map((other) => lines.get(other)?.key as string),
          )
        : lines.get(before)?.key;
    state.update({ columns: withMoved(columns, key, next) });
    const hadFocus = this.list.contains(document.activeElement);
    this.render();
    // What had it isn't there any more.
    if (hadFocus) this.search.focus();
  }

  private mover(
    column: GridColumn,
    name: string,
    step: -1 | 1,
    isAtEnd: boolean,
    group: readonly string[],
  ): HTMLButtonElement {
    const { trans, state } = this;
    const made = button({
      icon: icon(step < 0 ? "up" : "down"),
      label: step < 0 ? trans.__("Move %1 up", name) : trans.__("Move %1 down", name),
      class: "lr-iconButton",
      attributes: { "data-move": `${column.key} ${step}` },
      onClick: () => {
        state.update({ columns: withStep(state.look.columns, column.key, group, step) });
        this.render();
        this.refocus(column.key, step);
      },
    });
    made.disabled = isAtEnd;
    return made;
  }

  private renderCount(): void {
    const { data, look } = this.state;
    const shown = data.columns.filter((column) => look.columns.shown.has(column.key)).length;
    this.count.textContent = this.trans.__("%1 of %2 shown", count(shown), count(data.columns.length));
  }

  /** The button that was pressed is another now; at an end it is the one that leads back. */
  private refocus(key: string, step: -1 | 1): void {
    const buttons = [...this.list.querySelectorAll<HTMLButtonElement>("[data-move]")];
    const find = (towards: number) => buttons.find((node) => node.dataset.move === `${key} ${towards}`);
    const same = find(step);
    ((same?.disabled === false ? same : find(-step)) ?? this.search).focus();
  }
}
