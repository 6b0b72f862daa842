import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunColors } from "../colors/run-colors.ts";
import type { ViewSettings } from "../settings/view-settings.ts";

/** What every view is made with. */
export interface ViewContext {
  readonly trans: TranslationBundle;
  readonly colors: RunColors;
  /** As they are now; a view is told of a change by its `setSettings`. */
  readonly settings: ViewSettings;
}
