import type { GridOptions } from "./grid-options.ts";
import type { GridChange, GridState } from "./grid-state.ts";
import type { LiveRegion } from "./live-region.ts";
import { problemText, sortedText } from "./texts.ts";

/** Tells assistive technology what became of what was asked for: how rows are sorted now, how many pass, how many are selected. */
export class Narrator {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly live: LiveRegion;
  private look: GridState["look"];

  constructor(state: GridState, options: GridOptions, live: LiveRegion) {
    this.state = state;
    this.options = options;
    this.live = live;
    this.look = state.look;
    state.changed.connect(this.onChanged, this);
  }

  private onChanged(state: GridState, change: GridChange): void {
    if (change === "selection") this.tellSelection();
    if (change === "view" && state.look !== this.look) this.tellView();
    this.look = state.look;
  }

  private tellSelection(): void {
    const { selected } = this.state;
    const { trans, counted } = this.options;
    this.live.say(
      selected.length === 0
        ? trans.__("Nothing selected")
        : trans.__("%1 selected", counted(selected.length)),
    );
  }

  private tellView(): void {
    const { look, view, data } = this.state;
    const { trans, countedOf } = this.options;
    if (look.sorts !== this.look.sorts) this.live.say(sortedText(trans, look.sorts, data.columns));
    if (look.filters === this.look.filters && look.search === this.look.search) return;
    const [problem] = view.problems.values();
    this.live.say(
      problem === undefined ? countedOf(view.rows.length, data.ids.length) : problemText(trans, problem),
    );
  }
}
