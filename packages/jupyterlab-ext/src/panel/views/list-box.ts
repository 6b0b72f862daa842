import { element } from "../../dom.ts";

interface ListBoxOptions<T> {
  readonly label: string;
  /** Whether more than one item can be selected, and any at all by a click. */
  readonly isMulti: boolean;
  /** Tells an item from every other. */
  readonly key: (item: T) => string;
  /** What is in an item's row. */
  readonly render: (item: T) => readonly Node[];
  /** Enter, a double click, or, where nothing is selected by a click, a click. */
  readonly onActivate: (item: T) => void;
  readonly onSelect?: () => void;
}

/** Marks what of a row, when clicked, adds the item to the selection or takes it out. */
export const TOGGLE = "lr-panel-toggle";
/** Marks what of a row, when clicked, is as a double click of the row. */
export const ACTIVATE = "lr-panel-activate";

/**
 * A list of options with one tab stop: arrows, Home, End and Page keys go through it, Space selects, Shift with an arrow
 * selects as it goes, Enter activates (https://www.w3.org/WAI/ARIA/apg/patterns/listbox/).
 */
export class ListBox<T> {
  readonly node: HTMLElement;
  private readonly options: ListBoxOptions<T>;
  private items: readonly T[] = [];
  private rows: HTMLElement[] = [];
  private readonly chosen = new Set<string>();
  private current = 0;
  /** Where a range that is selected begins. */
  private anchor = 0;

  constructor(options: ListBoxOptions<T>) {
    this.options = options;
    this.node = element("div", {
      class: "lr-panel-list",
      attributes: { role: "listbox", "aria-label": options.label },
    });
    if (options.isMulti) this.node.setAttribute("aria-multiselectable", "true");
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    this.node.addEventListener("click", (event) => this.onClick(event));
    this.node.addEventListener("dblclick", (event) => this.onDoubleClick(event));
  }

  /** The selected items, in the order they are shown in. */
  get selection(): readonly T[] {
    return this.items.filter((item) => this.chosen.has(this.options.key(item)));
  }

  /** Shows these items: those that were selected and are still there stay so, and the focus stays on its item. */
  setItems(items: readonly T[]): void {
    const { key } = this.options;
    const at = this.items[this.current];
    const isFocused = this.node.contains(document.activeElement);
    const keys = items.map(key);
    for (const one of [...this.chosen]) if (!keys.includes(one)) this.chosen.delete(one);
    this.items = items;
    this.rows = items.map((item) => this.row(item));
    this.node.replaceChildren(...this.rows);
    this.current = at === undefined ? 0 : Math.max(0, keys.indexOf(key(at)));
    this.anchor = this.current;
    this.show();
    if (isFocused) this.rows[this.current]?.focus();
  }

  /** Adds items at the end. */
  addItems(items: readonly T[]): void {
    const known = new Set(this.items.map(this.options.key));
    const added = items.filter((item) => !known.has(this.options.key(item)));
    const rows = added.map((item) => this.row(item));
    this.items = [...this.items, ...added];
    this.rows.push(...rows);
    this.node.append(...rows);
    this.show();
  }

  get size(): number {
    return this.items.length;
  }

  focus(): void {
    this.rows[this.current]?.focus();
  }

  clearSelection(): void {
    this.chosen.clear();
    this.selected();
  }

  selectAll(): void {
    for (const item of this.items) this.chosen.add(this.options.key(item));
    this.selected();
  }

  private row(item: T): HTMLElement {
    return element(
      "div",
      { class: "lr-panel-row", attributes: { role: "option" } },
      ...this.options.render(item),
    );
  }

  /** Which row is selected, and which is the tab stop. */
  private show(): void {
    for (const [index, row] of this.rows.entries()) {
      const item = this.items[index] as T;
      row.tabIndex = index === this.current ? 0 : -1;
      row.setAttribute("aria-selected", String(this.chosen.has(this.options.key(item))));
    }
  }

  private selected(): void {
    this.show();
    this.options.onSelect?.();
  }

  private moveTo(index: number): void {
    this.current = Math.max(0, Math.min(index, this.rows.length - 1));
    this.show();
    const row = this.rows[this.current];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  private toggle(index: number): void {
    const key = this.options.key(this.items[index] as T);
    if (!this.chosen.delete(key)) this.chosen.add(key);
    this.anchor = index;
    this.selected();
  }

  /** Selects from where the last selection began to here. */
  private selectRange(index: number): void {
    const [from, to] = [Math.min(this.anchor, index), Math.max(this.anchor, index)];
    this.chosen.clear();
    for (const item of this.items.slice(from, to + 1)) this.chosen.add(this.options.key(item));
    this.selected();
  }

  private onKey(event: KeyboardEvent): void {
    if (this.rows.length === 0 || event.altKey || !this.react(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private react(event: KeyboardEvent): boolean {
    const { isMulti, onActivate } = this.options;
    const to = { ArrowDown: this.current + 1, ArrowUp: this.current - 1, Home: 0, End: this.rows.length - 1 };
    const page = { PageDown: this.current + this.pageSize(), PageUp: this.current - this.pageSize() };
    const target = { ...to, ...page }[event.key];
    const isControl = event.ctrlKey || event.metaKey;
    if (target !== undefined) {
      this.moveTo(target);
      if (isMulti && event.shiftKey) this.selectRange(this.current);
      else if (!isControl) this.anchor = this.current;
      return true;
    }
    if (event.key === "Enter") {
      onActivate(this.items[this.current] as T);
      return true;
    }
    if (!isMulti) return false;
    if (event.key === " ") this.toggle(this.current);
    else if (event.key.toLowerCase() === "a" && isControl) this.selectAll();
    else if (event.key === "Escape" && this.chosen.size > 0) this.clearSelection();
    else return false;
    return true;
  }

  private pageSize(): number {
    const height = this.rows[0]?.offsetHeight || 1;
    const seen = this.node.parentElement?.clientHeight ?? 0;
    return Math.max(1, Math.floor(seen / height) - 1);
  }

  private indexOf(event: Event): number {
    return this.rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  }

  private onClick(event: MouseEvent): void {
    const index = this.indexOf(event);
    if (index < 0) return;
    const isOn = (part: string) =>
      event.target instanceof Element && event.target.closest(`.${part}`) !== null;
    this.moveTo(index);
    // The second click of a double one is no second wish.
    if (isOn(ACTIVATE) && event.detail > 1) return;
    if (!this.options.isMulti || isOn(ACTIVATE)) this.options.onActivate(this.items[index] as T);
    else if (event.shiftKey) this.selectRange(index);
    else if (event.ctrlKey || event.metaKey || isOn(TOGGLE)) this.toggle(index);
    else {
      this.anchor = index;
      this.selectRange(index);
    }
  }

  private onDoubleClick(event: MouseEvent): void {
    const index = this.indexOf(event);
    const isOnPart =
      event.target instanceof Element && event.target.closest(`.${TOGGLE}, .${ACTIVATE}`) !== null;
    if (this.options.isMulti && index >= 0 && !isOnPart) this.options.onActivate(this.items[index] as T);
  }
}
