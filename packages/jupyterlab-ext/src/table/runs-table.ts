import { type ISignal, Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import type { RunsData } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";

/** A table of runs: sorted, filtered, and selected from. */
export class RunsTable extends Widget {
  private readonly changes = new Signal<this, void>(this);

  readonly context: ViewContext;

  constructor(context: ViewContext) {
    super();
    this.context = context;
  }

  /** Told when the selection, the order or what passes the filters is another. */
  get changed(): ISignal<this, void> {
    return this.changes;
  }

  /** The ids of the selected runs, in the order they are shown in. */
  get selection(): readonly string[] {
    return [];
  }

  /** The ids of the runs that pass the filters, in the order they are shown in. */
  get shown(): readonly string[] {
    return [];
  }

  async copySelection(): Promise<void> {}

  showAllColumns(): void {}

  reset(): void {}

  /** Shows other runs, or the same anew: sorting, filters, columns, place and selection stay. */
  setData(_data: RunsData): void {}

  setSettings(_settings: ViewSettings): void {}

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {}
}
