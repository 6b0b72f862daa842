import type { Message } from "@lumino/messaging";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { CurvesPanel } from "../curves/curves-panel.ts";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { element } from "./dom.ts";
import type { ViewContext } from "./view-context.ts";

/** The curves of an output, whose code is loaded only when they are to be seen. */
export class CurvesSection extends Widget {
  private readonly context: ViewContext;
  private readonly line: Widget;
  private readonly content = new PanelLayout();
  private panel: CurvesPanel | undefined;
  private loading: Promise<void> | undefined;
  private data: { readonly history: HistoryData; readonly runs: RunsData | undefined } | undefined;
  private shown: readonly string[] | undefined;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.addClass("lr-curves-section");
    this.line = new Widget({ node: element("div", "lr-curves-loading") });
    this.layout = this.content;
    this.content.addWidget(this.line);
    this.say(context.trans.__("Loading the curves…"));
  }

  /** Resolved when the curves are there, as far as they are to be seen. */
  get ready(): Promise<void> {
    return this.loading ?? Promise.resolve();
  }

  setData(history: HistoryData, runs: RunsData | undefined): void {
    this.data = { history, runs };
    if (this.panel !== undefined) this.panel.setData(history, runs);
    else this.load();
  }

  /** Which runs are drawn, in order; undefined: all. */
  setShown(ids: readonly string[] | undefined): void {
    this.shown = ids;
    this.panel?.setShown(ids);
  }

  setSettings(settings: ViewSettings): void {
    this.panel?.setSettings(settings);
  }

  themeChanged(): void {
    this.panel?.themeChanged();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.load();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.load();
  }

  private load(): void {
    if (this.data === undefined || !this.isVisible) return;
    this.loading ??= this.loadPanel();
  }

  private async loadPanel(): Promise<void> {
    try {
      const { CurvesPanel } = await import("../curves/curves-panel.ts");
      if (this.isDisposed || this.data === undefined) return;
      const panel = new CurvesPanel(this.context);
      this.content.addWidget(panel);
      panel.setShown(this.shown);
      panel.setData(this.data.history, this.data.runs);
      this.panel = panel;
      this.line.hide();
    } catch (error) {
      this.loading = undefined;
      const { trans } = this.context;
      this.say(trans.__("The curves can't be drawn: %1. Load the page anew to try again.", String(error)));
      console.error("Lazyruns: the curves can't be drawn.", error);
    }
  }

  private say(text: string): void {
    this.line.node.textContent = text;
  }
}
