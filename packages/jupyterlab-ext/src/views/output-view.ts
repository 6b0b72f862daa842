import type { DataColumn } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";

/** What a view of an output is to those that hold it. */
export interface OutputView {
  /** What it is called; empty: it has no data yet. */
  readonly label: string;
  /** All that it holds, to be saved. */
  readonly columns: readonly DataColumn[];
  readonly numRows: number;
  /** The web page of the run that it is about: of the one run, or of the first selected one. */
  readonly page: string | undefined;
  /** Resolved when all that is to be seen is there. */
  readonly ready: Promise<void>;

  setSettings(settings: ViewSettings): void;

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void;
}
