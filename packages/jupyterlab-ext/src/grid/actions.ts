import { element } from "../dom.ts";
import { copyToClipboard } from "./clipboard.ts";
import { copyText } from "./copy-text.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import type { LiveRegion } from "./live-region.ts";
import { NO_SELECTION } from "./selection.ts";
import { nextSort } from "./sort.ts";

/** How many rows can be pinned: they take room from the others. */
const MOST_PINNED = 8;

/** What can be done to a grid, whatever asks for it: keys, the pointer, buttons. */
export class GridActions {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly live: LiveRegion;

  constructor(state: GridState, options: GridOptions, live: LiveRegion) {
    this.state = state;
    this.options = options;
    this.live = live;
  }

  /** Sorts by a column: up, then down, then not. */
  sort(key: string, add: boolean): void {
    this.state.update({ sorts: nextSort(this.state.look.sorts, key, add) });
  }

  /** Copies the selected rows that are shown, with the columns that are shown; without any the row that keys are on. */
  async copy(): Promise<void> {
    const { state, options } = this;
    const { trans } = options;
    const { ids } = state.selection;
    const marked = state.view.rows.filter((row) => ids.has(state.data.ids[row] as string));
    const current = state.view.rows.subarray(Math.max(0, state.active.row), state.active.row + 1);
    const rows = marked.length > 0 ? marked : current;
    if (rows.length === 0) {
      this.live.say(trans.__("Nothing is selected to be copied"));
      return;
    }
    const isCopied = await copyToClipboard(copyText(state.view.columns, rows));
    const what = options.counted(rows.length);
    this.live.say(isCopied ? trans.__("Copied %1", what) : trans.__("The browser didn't allow to copy"));
  }

  /** Opens a row's page in another tab. */
  open(id: string | undefined): void {
    const page = id === undefined ? undefined : this.options.pageOf(id);
    if (page === undefined) this.live.say(this.options.trans.__("There is no page to open"));
    else element("a", { attributes: { href: page, target: "_blank", rel: "noopener noreferrer" } }).click();
  }

  /** Pins rows to the top; no longer, when all of them are already. */
  togglePins(ids: readonly string[]): void {
    const { state, live } = this;
    const { trans, counted, isOfRuns } = this.options;
    if (!isOfRuns || ids.length === 0) return;
    const pinned = new Set(state.look.pinned);
    const areAll = ids.every((id) => pinned.has(id));
    for (const id of ids) {
      if (areAll) pinned.delete(id);
      else pinned.add(id);
    }
    if (pinned.size > MOST_PINNED) {
      live.say(trans.__("At most %1 can be pinned", counted(MOST_PINNED)));
      return;
    }
    state.update({ pinned });
    live.say(
      areAll
        ? trans.__("No longer pinned: %1", counted(ids.length))
        : trans.__("Pinned: %1", counted(ids.length)),
    );
  }

  /** The rows that are worked on: the selected ones, or else that which keys are on. */
  targets(): readonly string[] {
    const { selected, order, active } = this.state;
    if (selected.length > 0) return selected;
    const id = order[active.row];
    return id === undefined ? [] : [id];
  }

  /** Shows all rows again. */
  clearFilters(): void {
    this.state.update({ filters: new Map(), search: "" });
  }

  clearFilter(key: string): void {
    const filters = new Map(this.state.look.filters);
    filters.delete(key);
    this.state.update({ filters });
  }

  clearSelection(): void {
    this.state.select(NO_SELECTION);
  }
}
