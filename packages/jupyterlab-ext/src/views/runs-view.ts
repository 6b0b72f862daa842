import { type ISignal, Signal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { DataColumn, RunsData } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { RunsTable } from "../table/runs-table.ts";
import { curvesHint } from "./curves-hint.ts";
import { CurvesSection } from "./curves-section.ts";
import { historyFacts, runsFacts } from "./facts.ts";
import { Head } from "./head.ts";
import { Hint } from "./hint.ts";
import { loadingHint } from "./loading-hint.ts";
import { NotesList } from "./notes-list.ts";
import type { OutputView } from "./output-view.ts";
import { savedColumns } from "./saved-columns.ts";
import { runsTitle } from "./titles.ts";
import type { ViewContext } from "./view-context.ts";

/** Many runs: a table, and below it the curves of those that are selected, or else of all that pass the filters. */
export class RunsView extends Widget implements OutputView {
  readonly table: RunsTable;
  private readonly context: ViewContext;
  private readonly head = new Head();
  private readonly notes = new NotesList();
  private readonly loading: Hint;
  private readonly hint: Hint;
  private readonly curves: CurvesSection;
  private readonly changes = new Signal<this, void>(this);
  private data: RunsData | undefined;
  private selected: readonly string[] = [];
  private isTaking = false;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.table = new RunsTable(context);
    this.loading = new Hint(context.trans);
    this.hint = new Hint(context.trans);
    this.curves = new CurvesSection(context);
    this.addClass("lr-runs-view");
    const layout = new PanelLayout();
    this.layout = layout;
    for (const part of [this.head, this.notes, this.loading, this.table, this.hint, this.curves])
      layout.addWidget(part);
    this.table.changed.connect(() => this.onTableChanged());
  }

  /** Told when other runs are selected, or shown. */
  get changed(): ISignal<this, void> {
    return this.changes;
  }

  get label(): string {
    const { name } = this.data === undefined ? { name: "" } : runsTitle(this.data, this.context.trans);
    return name;
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

  /** The ids of the selected runs that pass the filters, in the order they are shown in. */
  get selection(): readonly string[] {
    return this.selected;
  }

  get page(): string | undefined {
    return this.table.page;
  }

  setData(data: RunsData, problems: readonly string[]): void {
    const { trans } = this.context;
    this.data = data;
    this.head.setTitle(runsTitle(data, trans));
    const { histories } = data;
    const facts = histories === undefined ? [] : historyFacts(histories, trans);
    this.notes.setNotes(problems, [
      ...runsFacts(data, trans),
      ...facts.map((fact) => trans.__("Of the curves: %1", fact)),
    ]);
    this.isTaking = true;
    try {
      this.table.setData(data);
    } finally {
      this.isTaking = false;
    }
    this.loading.setHint(loadingHint(data, trans));
    this.hint.setHint(curvesHint(data, trans));
    this.curves.setHidden(histories === undefined);
    if (histories !== undefined) this.curves.setData(histories, data, this.drawn);
  }

  setSettings(settings: ViewSettings): void {
    this.table.setSettings(settings);
    this.curves.setSettings(settings);
  }

  themeChanged(): void {
    this.table.themeChanged();
    this.curves.themeChanged();
  }

  /** The runs whose curves are drawn, in order. */
  private get drawn(): readonly string[] {
    return this.selected.length > 0 ? this.selected : this.table.shown;
  }

  private onTableChanged(): void {
    this.selected = this.table.selection;
    // With new data the curves are told of all at once.
    if (!this.isTaking) this.curves.setShown(this.drawn);
    this.changes.emit();
  }
}
