import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import type { RunLook } from "../../colors/run-colors.ts";
import { element, setText } from "../../dom.ts";
import type { Hovered } from "../model/hovered.ts";
import { cut } from "./cut.ts";
import { lineName } from "./names.ts";
import { swatch } from "./swatch.ts";

/** How high one line is, and what is around all of them, in pixels. */
const ROW = 18;
const AROUND = 46;
const DISTANCE = 14;

/** Values beside the pointer. */
export interface TooltipModel {
  readonly title: string;
  /** In the order of their values. */
  readonly rows: readonly { readonly hovered: Hovered; readonly text: string }[];
  /** How many more there are. */
  readonly more: number;
  readonly highlighted: string | undefined;
  readonly lookOf: (key: string) => RunLook;
}

/** The box with the values of all curves at the pointer. It takes no clicks, and screen readers are told elsewhere. */
export class Tooltip {
  readonly node = element("div", { class: "lr-curves-tooltip" });
  private readonly title = element("div", { class: "lr-curves-tooltip-title" });
  private readonly list = element("div");
  private readonly more = element("div", { class: "lr-curves-tooltip-more" });
  private readonly trans: TranslationBundle;

  constructor(trans: TranslationBundle) {
    this.trans = trans;
    this.node.hidden = true;
    this.node.setAttribute("aria-hidden", "true");
    this.node.append(this.title, this.list, this.more);
  }

  /** How many values have room. */
  static roomIn(box: HTMLElement): number {
    return Math.min(10, Math.max(3, Math.floor((box.clientHeight - AROUND) / ROW)));
  }

  hide(): void {
    this.node.hidden = true;
  }

  show({ title, rows, more, highlighted, lookOf }: TooltipModel): void {
    setText(this.title, title);
    this.list.replaceChildren(
      ...rows.map(({ hovered: { curve }, text }) => {
        const row = element("div", { class: "lr-curves-tooltip-row" });
        row.classList.toggle("lr-mod-lifted", curve.key === highlighted);
        row.append(
          swatch(lookOf(curve.key)),
          element("span", { class: "lr-curves-name", text: cut(lineName(curve.label, this.trans)) }),
          element("span", { class: "lr-curves-number", text }),
        );
        return row;
      }),
    );
    setText(this.more, more > 0 ? this.trans._n("and %2 more", "and %2 more", more, count(more)) : "");
    this.node.hidden = false;
  }

  /** Puts it beside a place of a box, where it stays within the box. */
  place(box: HTMLElement, x: number, y: number): void {
    const { offsetWidth, offsetHeight } = this.node;
    const isLeft = x + DISTANCE + offsetWidth > box.clientWidth;
    const left = isLeft ? x - DISTANCE - offsetWidth : x + DISTANCE;
    const top = Math.min(y - offsetHeight / 2, box.clientHeight - offsetHeight);
    this.node.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(Math.max(0, top))}px)`;
  }
}
