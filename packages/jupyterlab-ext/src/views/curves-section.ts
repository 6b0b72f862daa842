import type { Message } from "@lumino/messaging";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { CurvesPanel } from "../curves/curves-panel.ts";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";
import { element, setText } from "../dom.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "./view-context.ts";

/**
 * The curves of an output, whose code is loaded only when they are to be seen. Where they fail it says so in their place,
 * and tries again with the next data, or when it comes into sight the next time.
 */
export class CurvesSection extends Widget {
  private readonly context: ViewContext;
  private readonly line = new Widget({ node: element("div", { class: "lr-curves-loading" }) });
  private readonly content = new PanelLayout();
  private panel: CurvesPanel | undefined;
  private loading: Promise<void> | undefined;
  private data: { readonly history: HistoryData; readonly runs: RunsData | undefined } | undefined;
  private shown: readonly string[] | undefined;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.addClass("lr-curves-section");
    this.layout = this.content;
    this.content.addWidget(this.line);
    setText(this.line.node, context.trans.__("Loading the curves…"));
  }

  /** Resolved when the curves are there, as far as they are to be seen. */
  get ready(): Promise<void> {
    return this.loading ?? Promise.resolve();
  }

  /** Draws other histories; `shown` as in `setShown`. */
  setData(history: HistoryData, runs: RunsData | undefined, shown: readonly string[] | undefined): void {
    this.data = { history, runs };
    this.shown = shown;
    if (this.panel === undefined) this.load();
    else this.tell((panel) => this.fill(panel));
  }

  /** Which runs are drawn, in order; undefined: all. */
  setShown(ids: readonly string[] | undefined): void {
    this.shown = ids;
    this.tell((panel) => panel.setShown(ids));
  }

  setSettings(settings: ViewSettings): void {
    this.tell((panel) => panel.setSettings(settings));
  }

  themeChanged(): void {
    this.tell((panel) => panel.themeChanged());
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
      if (this.isDisposed) return;
      this.panel = new CurvesPanel(this.context);
      this.content.addWidget(this.panel);
      this.fill(this.panel);
      this.line.hide();
    } catch (error) {
      this.fail(error);
    }
  }

  private fill(panel: CurvesPanel): void {
    if (this.data === undefined) return;
    panel.setShown(this.shown);
    panel.setData(this.data.history, this.data.runs);
  }

  /** Curves that fail don't take what is around them along. */
  private tell(change: (panel: CurvesPanel) => void): void {
    if (this.panel === undefined) return;
    try {
      change(this.panel);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.panel?.dispose();
    this.panel = undefined;
    this.loading = undefined;
    const { trans } = this.context;
    const text = trans.__(
      "The curves can't be drawn: %1. They are tried again with the next data.",
      String(error),
    );
    setText(this.line.node, text);
    this.line.show();
    console.error("Lazyruns: the curves can't be drawn.", error);
  }
}
