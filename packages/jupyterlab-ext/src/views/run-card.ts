import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import type { RunsData } from "../data/runs-data.ts";
import type { GridColumn } from "../grid/column.ts";
import { cellText, wholeText } from "../grid/format.ts";
import type { ViewSettings } from "../settings/view-settings.ts";

import { runsColumns } from "../table/runs-columns.ts";
import { element } from "./dom.ts";

/** More keys than these are behind a button: a run may have thousands. */
const MOST_KEYS = 200;

/** What of a run stands in the head, or says nothing of it. */
const ELSEWHERE = new Set(["field:name", "field:id"]);

/** One run: its fields, its config and its summary side by side. */
export class RunCard extends Widget {
  private readonly trans: TranslationBundle;
  private readonly whole = new Set<string>();
  private settings: ViewSettings;
  private data: RunsData | undefined;

  constructor(trans: TranslationBundle, settings: ViewSettings) {
    super();
    this.trans = trans;
    this.settings = settings;
    this.addClass("lr-run-card");
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
    const all = runsColumns(data.columns, [], trans).filter((column) => !ELSEWHERE.has(column.key));
    const parts = [
      ["field", trans.__("Run")],
      ["config", trans.__("Config")],
      ["summary", trans.__("Summary")],
      ["other", trans.__("Other columns")],
    ] as const;
    const old = [...this.node.children];
    const drawn = parts.flatMap(([kind, title]) => {
      const columns = all
        .filter(({ key }) => kinds.get(key) === kind)
        .filter((column) => kind !== "field" || hasValue(column));
      if (columns.length === 0) return [];
      const part = this.part(kind, title, columns);
      // What is as it was stays, with the text that someone may be selecting.
      return [old.find((other) => other.isEqualNode(part)) ?? part];
    });
    if (drawn.length !== old.length || drawn.some((part, at) => part !== old[at])) {
      this.node.replaceChildren(...drawn);
    }
  }

  private part(kind: string, title: string, columns: readonly GridColumn[]): HTMLElement {
    const part = element("section", "lr-run-part");
    const table = element("table", "lr-run-table");
    table.append(element("caption", "lr-run-title", title));
    const body = table.createTBody();
    const shown = this.whole.has(kind) ? columns : columns.slice(0, MOST_KEYS);
    body.append(...shown.map((column) => this.row(column)));
    part.append(table);
    const rest = columns.length - shown.length;
    if (rest > 0) {
      const button = element("button", "lr-run-more", this.trans._n("Show %1 more", "Show %1 more", rest));
      button.type = "button";
      button.addEventListener("click", () => {
        this.whole.add(kind);
        this.draw();
      });
      part.append(button);
    }
    return part;
  }

  private row({ name, kind, values }: GridColumn): HTMLTableRowElement {
    const value = values[0] ?? null;
    const row = document.createElement("tr");
    const head = element("th", "lr-run-key", name);
    head.scope = "row";
    head.title = name;
    const text = cellText(kind, value, this.settings.numberFormat);
    const cell = element("td", "lr-run-value", text === "" ? "–" : text);
    if (text === "") cell.classList.add("lr-run-absent");
    cell.title = wholeText(kind, value);
    row.append(head, cell);
    return row;
  }
}

/** Fields that a run hasn't are left out; a key of its config without a value was set so. */
function hasValue({ values }: GridColumn): boolean {
  return values[0] !== null && values[0] !== "";
}
