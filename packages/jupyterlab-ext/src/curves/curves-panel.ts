import { Widget } from "@lumino/widgets";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";

/** Curves of runs, a chart a metric, below one row of controls. */
export class CurvesPanel extends Widget {
  readonly context: ViewContext;

  constructor(context: ViewContext) {
    super();
    this.context = context;
  }

  /**
   * Draws other histories, or the same anew: axes, smoothing, grouping and zoom stay.
   *
   * @param runs - their names and configs, to name and to group by; undefined: of histories alone
   */
  setData(_history: HistoryData, _runs: RunsData | undefined): void {}

  /** Which runs are drawn, in order; undefined: all. */
  setShown(_ids: readonly string[] | undefined): void {}

  setSettings(_settings: ViewSettings): void {}

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {}
}
