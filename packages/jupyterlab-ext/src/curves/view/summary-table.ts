import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import type { RunLook } from "../../colors/run-colors.ts";
import { element } from "../../dom.ts";
import type { Summary } from "../model/summary.ts";
import { cut } from "./cut.ts";
import { lineName } from "./names.ts";
import { swatch } from "./swatch.ts";

/** What a table of a chart is made of. */
export interface SummaryTableModel {
  readonly caption: string;
  readonly summaries: readonly Summary[];
  readonly isGrouped: boolean;
  readonly textOf: (value: number) => string;
  readonly lookOf: (key: string) => RunLook;
}

/** A chart in numbers. */
export function summaryTable(model: SummaryTableModel, trans: TranslationBundle): HTMLTableElement {
  const { caption, summaries, isGrouped, textOf, lookOf } = model;
  const table = element("table", { class: "lr-curves-table" });
  table.append(element("caption", { class: "lr-curves-hidden", text: caption }));
  const heads = [
    isGrouped ? trans.__("Group") : trans.__("Run"),
    trans.__("First"),
    trans.__("Last"),
    trans.__("Min"),
    trans.__("Max"),
    trans.__("Points"),
  ];
  const head = table.createTHead().insertRow();
  for (const text of heads) {
    const cell = element("th", { text });
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const { key, label, points, first, last, min, max } of summaries) {
    const row = body.insertRow();
    const name = element("th");
    name.scope = "row";
    name.append(
      swatch(lookOf(key)),
      element("span", { class: "lr-curves-name", text: cut(lineName(label, trans)) }),
    );
    row.append(name);
    for (const text of [...[first, last, min, max].map(textOf), count(points)]) {
      row.insertCell().textContent = text;
    }
  }
  return table;
}
