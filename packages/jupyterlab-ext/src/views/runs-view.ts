import { type ISignal, Signal } from "@lumino/signaling";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { DataColumn, RunsData } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { RunsTable } from "../table/runs-table.ts";
import { CurvesHint } from "./curves-hint.ts";
import { CurvesSection } from "./curves-section.ts";
import { historyFacts, runsFacts } from "./facts.ts";
import { Head } from "./head.ts";
import { NotesList } from "./notes-list.ts";
import { runsTitle } from "./titles.ts";
import type { ViewContext } from "./view-context.ts";

/** Many runs: a table, and below it the curves of those that are selected, or else of all that pass the filters. */
export class RunsView extends Widget {
  readonly table: RunsTable;
  private readonly context: ViewContext;
  private readonly head = new Head();
  private readonly notes = new NotesList();
  private readonly hint: CurvesHint;
  private readonly curves: CurvesSection;
  private readonly changes = new Signal<this, void>(this);
  private data: RunsData | undefined;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.table = new RunsTable(context);
    this.hint = new CurvesHint(context.trans);
    this.curves = new CurvesSection(context);
    this.addClass("lr-runs-view");
    const layout = new PanelLayout();
    this.layout = layout;
    for (const part of [this.head, this.notes, this.table, this.hint, this.curves]) layout.addWidget(part);
    this.table.changed.connect(() => {
      this.showCurves();
      this.changes.emit();
    });
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
    return this.data?.columns ?? [];
  }

  get numRows(): number {
    return this.data?.ids.length ?? 0;
  }

  get ready(): Promise<void> {
    return this.curves.ready;
  }

  /** The web page of the first of the selected runs, if it is known. */
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
    this.table.setData(data);
    this.hint.setHidden(histories !== undefined);
    this.curves.setHidden(histories === undefined);
    if (histories === undefined) {
      this.hint.setData(data);
      return;
    }
    this.showCurves();
    this.curves.setData(histories, data);
  }

  setSettings(settings: ViewSettings): void {
    this.table.setSettings(settings);
    this.curves.setSettings(settings);
  }

  themeChanged(): void {
    this.table.themeChanged();
    this.curves.themeChanged();
  }

  private showCurves(): void {
    const { selection, shown } = this.table;
    this.curves.setShown(selection.length > 0 ? selection : shown);
  }
}
