/// <reference lib="dom" />
// In the page: what puts a widget there as JupyterLab puts an output into a cell.

import "@jupyterlab/application/style/index.css";
import "@jupyterlab/rendermime/style/index.css";
import "../../../packages/jupyterlab-ext/style/index.css";
import { MessageLoop } from "@lumino/messaging";
import { Panel, Widget } from "@lumino/widgets";

/** A widget that may have colours of its own. */
export type Mounted = Widget & { themeChanged?(): void };

/** The event that the page's document has when its theme is another one. */
export const THEME_CHANGED = "lazyruns-theme-changed";

let place: Panel | undefined;

/**
 * Shows a widget, in a place as wide as the window: it is told of resizing and of another theme. `widget.parent = null`
 * takes it away.
 */
export function mount(widget: Mounted): void {
  placeOfWidgets().addWidget(widget);
  const tell = () => widget.themeChanged?.();
  document.addEventListener(THEME_CHANGED, tell);
  widget.disposed.connect(() => document.removeEventListener(THEME_CHANGED, tell));
}

function placeOfWidgets(): Panel {
  if (place !== undefined) return place;
  const panel = new Panel();
  panel.addClass("jp-OutputArea-output");
  Widget.attach(panel, document.body);
  window.addEventListener("resize", () => MessageLoop.sendMessage(panel, Widget.ResizeMessage.UnknownSize));
  place = panel;
  return panel;
}
