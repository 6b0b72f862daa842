import type { TranslationBundle } from "@jupyterlab/translation";
import { count as counted } from "@lazyruns/curves";
import { arrange, button, element, setText } from "../dom.ts";
import type { GridColumn } from "../grid/column.ts";
import type { NumberFormat } from "../settings/view-settings.ts";
import { RunRow } from "./run-row.ts";

/** More keys than these are behind a button: a run may have thousands. With them it scrolls. */
const MOST_KEYS = 40;

let count = 0;

/** A part of a run's card: keys and their values, which scroll where there are many. */
export class RunPart {
  readonly node: HTMLElement;
  private readonly trans: TranslationBundle;
  private readonly body = document.createElement("tbody");
  private readonly more: HTMLButtonElement;
  private rows: ReadonlyMap<string, RunRow> = new Map();
  private columns: readonly GridColumn[] = [];
  private format: NumberFormat = "short";
  private isWhole = false;

  constructor(title: string, trans: TranslationBundle) {
    this.trans = trans;
    const id = `lr-run-title-${++count}`;
    const caption = element("caption", { class: "lr-run-title", text: title, attributes: { id } });
    const table = element("table", { class: "lr-run-table" }, caption, this.body);
    // What scrolls has to be reached by keyboard.
    const attributes = { role: "region", "aria-labelledby": id, tabindex: "0" };
    this.more = button({ class: "lr-run-more", onClick: () => this.toggle() });
    this.node = element(
      "section",
      { class: "lr-run-part" },
      element("div", { class: "lr-run-scroll", attributes }, table),
      this.more,
    );
  }

  /** Shows other columns, or the same anew: rows that are there stay, with what has the focus or is selected in them. */
  setColumns(columns: readonly GridColumn[], format: NumberFormat): void {
    this.columns = columns;
    this.format = format;
    this.draw();
  }

  private toggle(): void {
    this.isWhole = !this.isWhole;
    this.draw();
  }

  private draw(): void {
    const { columns, format, trans } = this;
    const shown = this.isWhole ? columns : columns.slice(0, MOST_KEYS);
    const rows = new Map(
      shown.map((column) => {
        const row = this.rows.get(column.key) ?? new RunRow(trans);
        row.set(column, format);
        return [column.key, row];
      }),
    );
    this.rows = rows;
    arrange(
      this.body,
      Array.from(rows.values(), ({ node }) => node),
    );
    const rest = columns.length - MOST_KEYS;
    this.more.hidden = rest <= 0;
    this.node.classList.toggle("lr-mod-whole", this.isWhole && rest > 0);
    setText(
      this.more,
      this.isWhole ? trans.__("Show fewer") : trans._n("Show %2 more", "Show %2 more", rest, counted(rest)),
    );
  }
}
