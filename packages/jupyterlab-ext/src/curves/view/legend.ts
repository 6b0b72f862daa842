import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunLook } from "../../colors/run-colors.ts";
import { arrange, button, element } from "../../dom.ts";
import type { Line } from "../model/lines.ts";
import { cut } from "./cut.ts";
import { lineName } from "./names.ts";
import { swatch } from "./swatch.ts";

/** What people do with a legend. */
export interface LegendEvents {
  highlight(key: string | undefined): void;
  /** A line is switched on or off; `isAlone`: it is switched on, and all others off (or on, when they are off). */
  toggle(key: string, isAlone: boolean): void;
}

/** What is in a legend. */
export interface LegendModel {
  readonly lines: readonly Line[];
  readonly hidden: ReadonlySet<string>;
  readonly lookOf: (key: string) => RunLook;
}

/** The lines by their names: a button each, which shows it or hides it. */
export class Legend {
  readonly node = element("div", { class: "lr-curves-legend" });
  private readonly chips = new Map<string, { readonly node: HTMLButtonElement; look: RunLook | undefined }>();
  private readonly trans: TranslationBundle;
  private readonly events: LegendEvents;

  constructor(trans: TranslationBundle, events: LegendEvents) {
    this.trans = trans;
    this.events = events;
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", trans.__("Lines"));
  }

  update({ lines, hidden, lookOf }: LegendModel): void {
    const keys = new Set(lines.map(({ key }) => key));
    for (const key of this.chips.keys()) if (!keys.has(key)) this.chips.delete(key);
    const nodes = lines.map(({ key, label }) => {
      const chip = this.chips.get(key) ?? { node: this.chip(key), look: undefined };
      this.chips.set(key, chip);
      const name = lineName(label, this.trans);
      const text = chip.node.lastElementChild as HTMLElement;
      if (text.textContent !== cut(name)) text.textContent = cut(name);
      chip.node.title = this.trans.__("%1: click to show or hide, double click to show it alone", cut(name));
      chip.node.setAttribute("aria-pressed", String(!hidden.has(key)));
      const look = lookOf(key);
      if (chip.look?.color !== look.color || chip.look.dash !== look.dash) {
        chip.node.firstElementChild?.replaceWith(swatch(look));
        chip.look = look;
      }
      return chip.node;
    });
    arrange(this.node, nodes);
  }

  private chip(key: string): HTMLButtonElement {
    const { events } = this;
    const node = button({ class: "lr-curves-chip", onClick: () => {} });
    node.append(element("span"), element("span", { class: "lr-curves-name" }));
    node.addEventListener("click", (event) => {
      // The second click of a double one comes as a click too, after the first has switched the line.
      if (event.detail < 2) events.toggle(key, event.altKey || event.shiftKey);
    });
    node.addEventListener("dblclick", () => events.toggle(key, true));
    for (const type of ["mouseenter", "focus"]) node.addEventListener(type, () => events.highlight(key));
    for (const type of ["mouseleave", "blur"]) node.addEventListener(type, () => events.highlight(undefined));
    return node;
  }
}
