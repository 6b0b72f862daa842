import { PanelLayout, Widget } from "@lumino/widgets";
import type { GridOptions } from "../grid/grid-options.ts";
import { GridView } from "../grid/grid-view.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";

/** What is on the page of a table: a grid that fills it. */
export abstract class GridFrame extends Widget {
  protected readonly grid: GridView;

  readonly context: ViewContext;

  constructor(context: ViewContext, options: Omit<GridOptions, "trans">) {
    super();
    this.context = context;
    this.grid = new GridView({ trans: context.trans, ...options }, context.settings);
    const layout = new PanelLayout();
    layout.addWidget(this.grid);
    this.layout = layout;
  }

  /** Shows numbers and colours as is set now. */
  setSettings(settings: ViewSettings): void {
    this.grid.setSettings(settings);
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.grid.themeChanged();
  }
}
