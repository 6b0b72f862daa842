import { element, setText } from "../dom.ts";
import { type GridColumn, headingText } from "./column.ts";
import { cellText } from "./format.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { HEADINGS } from "./place.ts";

/** How many rows and columns are there at most; others come as the keys get near them. */
const MOST_ROWS = 24;
const MOST_COLUMNS = 40;
let count = 0;

/**
 * The table that assistive technology reads and that has the keys, behind the canvas that eyes see. It holds the rows around
 * the one the keys are on, and says how many there are.
 */
export class Mirror {
  private readonly name = `lr-grid-${++count}`;
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly head = element("tr");
  private readonly body = element("tbody");
  private firstRow = 0;
  private firstColumn = 0;

  readonly table: HTMLTableElement;
  readonly node: HTMLElement;

  constructor(state: GridState, options: GridOptions) {
    this.state = state;
    this.options = options;
    const { trans } = options;
    const help = element("div", {
      text: [
        trans.__(
          "Arrow keys move. Space selects a row, Shift and arrows several, Control A all, Escape none.",
        ),
        trans.__("Control C copies. Slash goes to the search."),
        trans.__("On a heading, Enter sorts, Shift Enter sorts as well, and Alt Down opens its menu."),
        options.isOfRuns ? trans.__("Enter opens a run's page, P pins it to the top.") : "",
      ].join(" "),
      attributes: { id: `${this.name}-help` },
    });
    this.table = element(
      "table",
      {
        class: "lr-Grid-table",
        attributes: {
          role: "grid",
          tabindex: "0",
          "aria-label": options.label,
          "aria-describedby": `${this.name}-help`,
          "aria-multiselectable": "true",
        },
      },
      element("thead", { attributes: { role: "rowgroup" } }, this.head),
      this.body,
    );
    this.body.setAttribute("role", "rowgroup");
    this.head.setAttribute("role", "row");
    this.node = element("div", { class: "lr-Grid-mirror" }, help, this.table);
  }

  /** Brings all of it up to date. */
  render(): void {
    const { rows, columns } = this.state.view;
    this.table.setAttribute("aria-rowcount", String(rows.length + 1));
    this.table.setAttribute("aria-colcount", String(columns.length));
    this.moveWindow();
    const part = columns.slice(this.firstColumn, this.firstColumn + MOST_COLUMNS);
    this.head.setAttribute("aria-rowindex", "1");
    this.fill(this.head, HEADINGS, part);
    const last = Math.min(rows.length, this.firstRow + MOST_ROWS);
    while (this.body.children.length > Math.max(0, last - this.firstRow))
      this.body.lastElementChild?.remove();
    for (let row = this.firstRow; row < last; row++) {
      const line = this.body.children[row - this.firstRow] ?? this.addLine();
      line.setAttribute("aria-rowindex", String(row + 2));
      this.fill(line, row, part);
    }
    this.renderSelection();
    this.renderFocus();
  }

  /** Brings up to date which rows are selected. */
  renderSelection(): void {
    const { order, selection } = this.state;
    Array.from(this.body.children).forEach((line, index) => {
      const id = order[this.firstRow + index] as string;
      set(line, "aria-selected", String(selection.ids.has(id)));
    });
  }

  /** Brings up to date where the keys are. */
  renderFocus(): void {
    const { row, column } = this.state.active;
    const isThere =
      (row === HEADINGS || (row >= this.firstRow && row < this.firstRow + this.body.children.length)) &&
      column >= this.firstColumn &&
      column < this.firstColumn + MOST_COLUMNS;
    if (!isThere && this.moveWindow()) {
      this.render();
      return;
    }
    if (this.state.view.columns.length === 0) this.table.removeAttribute("aria-activedescendant");
    else set(this.table, "aria-activedescendant", this.idOf(row, column));
  }

  /** The place of a cell that was clicked on, as assistive technology does it. */
  placeOf(target: EventTarget | null): { row: number; column: number } | undefined {
    const cell = target instanceof Element ? target.closest("th,td") : null;
    const at = /-(-?\d+)-(\d+)$/.exec(cell?.id ?? "");
    return at === null ? undefined : { row: Number(at[1]), column: Number(at[2]) };
  }

  private idOf(row: number, column: number): string {
    return `${this.name}-${row}-${column}`;
  }

  /** Moves what is there to around where the keys are; returns whether it moved. */
  private moveWindow(): boolean {
    const { active, view } = this.state;
    const firstRow = windowed(active.row, this.firstRow, MOST_ROWS, view.rows.length);
    const firstColumn = windowed(active.column, this.firstColumn, MOST_COLUMNS, view.columns.length);
    const isMoved = firstRow !== this.firstRow || firstColumn !== this.firstColumn;
    this.firstRow = firstRow;
    this.firstColumn = firstColumn;
    return isMoved;
  }

  private addLine(): Element {
    const line = element("tr", { attributes: { role: "row" } });
    this.body.append(line);
    return line;
  }

  private fill(line: Element, row: number, columns: readonly GridColumn[]): void {
    const tag = row === HEADINGS ? "th" : "td";
    while (line.children.length > columns.length) line.lastElementChild?.remove();
    columns.forEach((column, index) => {
      let cell = line.children[index];
      if (cell === undefined) {
        cell = element(tag, { attributes: { role: row === HEADINGS ? "columnheader" : "gridcell" } });
        line.append(cell);
      }
      const at = this.firstColumn + index;
      cell.id = this.idOf(row, at);
      set(cell, "aria-colindex", String(at + 1));
      if (row === HEADINGS) this.fillHeading(cell, column);
      else this.fillCell(cell, row, column);
    });
  }

  private fillHeading(cell: Element, column: GridColumn): void {
    const { look } = this.state;
    const { trans } = this.options;
    const sort = look.sorts.find((other) => other.key === column.key);
    const text = headingText(column);
    setText(cell, look.filters.has(column.key) ? trans.__("%1, filtered", text) : text);
    if (column.origin === "") cell.removeAttribute("aria-description");
    else set(cell, "aria-description", column.origin);
    if (sort === undefined) cell.removeAttribute("aria-sort");
    else set(cell, "aria-sort", sort.descending ? "descending" : "ascending");
  }

  private fillCell(cell: Element, row: number, column: GridColumn): void {
    const { view, order, numberFormat, look } = this.state;
    const { nameKey, pageOf, trans } = this.options;
    const at = view.rows[row] as number;
    const aside = column.asides?.[at] ?? "";
    const value = cellText(column.kind, column.values[at] ?? null, numberFormat);
    const text = aside === "" ? value : `${value} ${aside}`;
    const id = order[row] as string;
    const page = column.key === nameKey ? pageOf(id) : undefined;
    const shown = column.key === nameKey && look.pinned.has(id) ? trans.__("%1, pinned", text) : text;
    const link = cell.firstElementChild;
    if (page === undefined) {
      if (link !== null) link.remove();
      setText(cell, shown);
    } else if (link instanceof HTMLAnchorElement) {
      setText(link, shown);
      link.href = page;
    } else {
      const attributes = { href: page, target: "_blank", rel: "noopener noreferrer", tabindex: "-1" };
      cell.replaceChildren(element("a", { text: shown, attributes }));
    }
  }
}

function windowed(active: number, first: number, most: number, all: number): number {
  const last = Math.max(0, all - most);
  if (active >= first && active < first + most) return Math.min(first, last);
  return Math.max(0, Math.min(active - (most >> 1), last));
}

function set(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
