import type { TranslationBundle } from "@jupyterlab/translation";
import { headingText } from "./column.ts";
import { ColumnMenu } from "./column-menu.ts";
import { ColumnsMenu } from "./columns-menu.ts";
import type { Rect } from "./geometry.ts";
import type { GridState } from "./grid-state.ts";
import type { CellPlace } from "./paint/scene.ts";
import { HEADINGS } from "./place.ts";
import { Popover } from "./popover.ts";

/** What menus need of the grid they belong to. */
interface MenuHost {
  /** Where a cell is in the window. */
  readonly rectOf: (place: CellPlace) => Rect;
  readonly refocus: () => void;
}

/** The menus of a grid: one is open at most. */
export class GridMenus {
  private readonly state: GridState;
  private readonly trans: TranslationBundle;
  private readonly host: MenuHost;
  private open: Popover | undefined;

  constructor(state: GridState, trans: TranslationBundle, host: MenuHost) {
    this.state = state;
    this.trans = trans;
    this.host = host;
  }

  /** Opens the menu of the heading in a place. */
  openColumn(at: number): void {
    const column = this.state.view.columns[at];
    if (column === undefined) return;
    const rect = () => {
      const now = this.state.view.columns.findIndex((other) => other.key === column.key);
      return this.host.rectOf({ row: HEADINGS, column: Math.max(0, now) });
    };
    const menu = new ColumnMenu({
      state: this.state,
      column,
      trans: this.trans,
      width: () => rect().right - rect().left,
      close: () => this.close(),
    });
    this.show(
      new Popover({
        label: this.trans.__("Column %1", headingText(column)),
        anchor: rect,
        content: menu.node,
        focus: menu.focus,
        onClose: () => this.host.refocus(),
      }),
    );
  }

  /** Opens the choice of columns below a button, or closes it. */
  toggleColumns(button: HTMLButtonElement): void {
    const menu = new ColumnsMenu(this.state, this.trans);
    this.show(
      new Popover({
        label: this.trans.__("Columns"),
        anchor: () => button.getBoundingClientRect(),
        content: menu.node,
        focus: menu.search,
        onClose: (byKey) => {
          button.setAttribute("aria-expanded", "false");
          if (byKey) button.focus();
        },
      }),
    );
    button.setAttribute("aria-expanded", "true");
  }

  close(): void {
    this.open?.close();
    this.open = undefined;
  }

  private show(popover: Popover): void {
    this.close();
    this.open = popover;
  }
}
