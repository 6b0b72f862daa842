import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import type { RunsColumn, RunsData } from "../data/runs-data.ts";
import { arrange } from "../dom.ts";
import type { GridColumn } from "../grid/column.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { runsColumns } from "../table/runs-columns.ts";
import { RunPart } from "./run-part.ts";

/** What of a run stands in the head, or says nothing of it. */
const ELSEWHERE = new Set(["field:name", "field:id"]);

/** One run: its fields, its config and its summary side by side. */
export class RunCard extends Widget {
  private readonly trans: TranslationBundle;
  private readonly parts: ReadonlyMap<RunsColumn["kind"], RunPart>;
  private settings: ViewSettings;
  private data: RunsData | undefined;

  constructor(trans: TranslationBundle, settings: ViewSettings) {
    super();
    this.trans = trans;
    this.settings = settings;
    this.addClass("lr-run-card");
    this.parts = new Map([
      ["field", new RunPart(trans.__("Run"), trans)],
      ["config", new RunPart(trans.__("Config"), trans)],
      ["summary", new RunPart(trans.__("Summary"), trans)],
      ["other", new RunPart(trans.__("Other columns"), trans)],
    ]);
  }

  setData(data: RunsData): void {
    this.data = data;
    this.draw();
  }

  setSettings(settings: ViewSettings): void {
    this.settings = settings;
    this.draw();
  }

  private draw(): void {
    const { trans, data } = this;
    if (data === undefined) return;
    const kinds = new Map(data.columns.map(({ key, kind }) => [key, kind]));
    const own = runsColumns(data.columns, [], trans).filter((column) => !ELSEWHERE.has(column.key));
    // What the output doesn't show at first is what W&B adds to every run.
    const all = [...own.filter(({ isShown }) => isShown), ...own.filter(({ isShown }) => !isShown)];
    const drawn: HTMLElement[] = [];
    for (const [kind, part] of this.parts) {
      const columns = all
        .filter(({ key }) => kinds.get(key) === kind)
        .filter((column) => kind !== "field" || hasValue(column));
      part.setColumns(columns, this.settings.numberFormat);
      if (columns.length > 0) drawn.push(part.node);
    }
    arrange(this.node, drawn);
  }
}

/** Fields that a run hasn't are left out; a key of its config without a value was set so. */
function hasValue({ values }: GridColumn): boolean {
  return values[0] !== null && values[0] !== "";
}
