import { PanelLayout, Widget } from "@lumino/widgets";
import type { HistoryData } from "../data/history-data.ts";
import { rowsColumns } from "../data/rows-columns.ts";
import type { DataColumn } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { RowsTable } from "../table/rows-table.ts";
import { CurvesSection } from "./curves-section.ts";
import { historyFacts } from "./facts.ts";
import { Head } from "./head.ts";
import { NotesList } from "./notes-list.ts";
import type { OutputView } from "./output-view.ts";
import { Tabs } from "./tabs.ts";
import { historyTitle } from "./titles.ts";
import type { ViewContext } from "./view-context.ts";

const CURVES = 0;
const ROWS = 1;

/** Histories, a frame or a plot: as curves or as rows. Frames open as rows, all else as curves. */
export class HistoryView extends Widget implements OutputView {
  private readonly context: ViewContext;
  private readonly head = new Head();
  private readonly notes = new NotesList();
  private readonly curves: CurvesSection;
  private readonly table: RowsTable;
  private readonly tabs: Tabs;
  private data: HistoryData | undefined;

  constructor(context: ViewContext) {
    super();
    const { trans } = context;
    this.context = context;
    this.curves = new CurvesSection(context);
    this.table = new RowsTable(context);
    this.tabs = new Tabs(trans.__("Shown as"), [
      { title: trans.__("Curves"), page: this.curves },
      { title: trans.__("Rows"), page: this.table },
    ]);
    this.addClass("lr-history-view");
    const layout = new PanelLayout();
    this.layout = layout;
    for (const part of [this.head, this.notes, this.tabs, this.curves, this.table]) layout.addWidget(part);
  }

  get label(): string {
    return this.data === undefined ? "" : historyTitle(this.data, this.context.trans).name;
  }

  get columns(): readonly DataColumn[] {
    return this.data === undefined ? [] : rowsColumns(this.data, this.context.trans);
  }

  get numRows(): number {
    return this.data?.numRows ?? 0;
  }

  get page(): undefined {
    return undefined;
  }

  get ready(): Promise<void> {
    return this.curves.ready;
  }

  setData(data: HistoryData, problems: readonly string[]): void {
    const { trans } = this.context;
    const isFirst = this.data === undefined;
    this.data = data;
    this.head.setTitle(historyTitle(data, trans));
    this.notes.setNotes(problems, historyFacts(data, trans));
    this.table.setData(this.columns, data.numRows);
    const canDraw = data.metrics.length > 0 && data.numRows > 0;
    this.tabs.setHidden(!canDraw);
    if (!canDraw) this.tabs.select(ROWS);
    else if (isFirst) this.tabs.select(data.of === "frame" ? ROWS : CURVES);
    if (canDraw) this.curves.setData(data, undefined, undefined);
  }

  setSettings(settings: ViewSettings): void {
    this.table.setSettings(settings);
    this.curves.setSettings(settings);
  }

  themeChanged(): void {
    this.table.themeChanged();
    this.curves.themeChanged();
  }
}
