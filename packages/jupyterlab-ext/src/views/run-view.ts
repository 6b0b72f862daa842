import { PanelLayout, Widget } from "@lumino/widgets";
import type { DataColumn, RunsData } from "../data/runs-data.ts";
import { runPage } from "../data/web-page.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { curvesHint } from "./curves-hint.ts";
import { CurvesSection } from "./curves-section.ts";
import { historyFacts, runsFacts } from "./facts.ts";
import { Head } from "./head.ts";
import { Hint } from "./hint.ts";
import { loadingHint } from "./loading-hint.ts";
import { NotesList } from "./notes-list.ts";
import type { OutputView } from "./output-view.ts";
import { RunCard } from "./run-card.ts";
import { savedColumns } from "./saved-columns.ts";
import { runTitle } from "./titles.ts";
import type { ViewContext } from "./view-context.ts";

/** One run: its fields, config and summary, and below them its curves. */
export class RunView extends Widget implements OutputView {
  private readonly context: ViewContext;
  private readonly head = new Head();
  private readonly notes = new NotesList();
  private readonly card: RunCard;
  private readonly loading: Hint;
  private readonly hint: Hint;
  private readonly curves: CurvesSection;
  private data: RunsData | undefined;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.card = new RunCard(context.trans, context.settings);
    this.loading = new Hint(context.trans);
    this.hint = new Hint(context.trans);
    this.curves = new CurvesSection(context);
    this.addClass("lr-run-view");
    const layout = new PanelLayout();
    this.layout = layout;
    for (const part of [this.head, this.notes, this.loading, this.card, this.hint, this.curves])
      layout.addWidget(part);
  }

  get label(): string {
    return this.data === undefined ? "" : runTitle(this.data, undefined, this.context.trans).name;
  }

  get columns(): readonly DataColumn[] {
    return this.data === undefined ? [] : savedColumns(this.data);
  }

  get numRows(): number {
    return this.data?.ids.length ?? 0;
  }

  get ready(): Promise<void> {
    return this.curves.ready;
  }

  get page(): string | undefined {
    return this.data === undefined ? undefined : runPage(this.data, 0);
  }

  setData(data: RunsData, problems: readonly string[]): void {
    const { trans } = this.context;
    const { histories } = data;
    this.data = data;
    this.head.setTitle(runTitle(data, this.page, trans));
    this.notes.setNotes(problems, [
      ...runsFacts(data, trans),
      ...(histories === undefined ? [] : historyFacts(histories, trans)),
    ]);
    this.card.setData(data);
    this.loading.setHint(loadingHint(data, trans));
    this.hint.setHint(curvesHint(data, trans));
    this.curves.setHidden(histories === undefined);
    if (histories !== undefined) this.curves.setData(histories, data, undefined);
  }

  setSettings(settings: ViewSettings): void {
    this.card.setSettings(settings);
    this.curves.setSettings(settings);
  }

  themeChanged(): void {
    this.curves.themeChanged();
  }
}
