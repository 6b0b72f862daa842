import { domainOf } from "@lazyruns/curves";
import { element } from "../../dom.ts";
import { valueText } from "../axis/value-text.ts";
import type { Curves } from "../model/curves.ts";
import { summaryOf } from "../model/summary.ts";
import type { CardModel } from "./card-model.ts";
import { chartText } from "./card-texts.ts";
import { cut } from "./cut.ts";
import { summaryTable } from "./summary-table.ts";

/** A chart in numbers, of all of x: a box that is scrolled, and keeps its place and the focus when the numbers change. */
export class CardTable {
  readonly node = element("div", {
    class: "lr-curves-table-box",
    attributes: { role: "region", tabindex: "0" },
  });

  update({ lookOf, wording, lines }: CardModel, curves: Curves): void {
    const all = domainOf(curves.curves.map(({ x }) => x));
    this.node.setAttribute("aria-label", chartText(curves, all, wording));
    const table = summaryTable(
      {
        caption: cut(curves.metric),
        summaries: curves.curves.map(summaryOf),
        isGrouped: lines[0]?.isGroup ?? false,
        textOf: (value) => valueText(value, "number", wording.format),
        lookOf,
      },
      wording.trans,
    );
    // What is scrolled stays where it is only while there is something as long in it.
    const { scrollTop, scrollLeft } = this.node;
    this.node.replaceChildren(table);
    Object.assign(this.node, { scrollTop, scrollLeft });
  }
}
