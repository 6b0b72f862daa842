import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import { arrange, button, element, setText } from "../../dom.ts";
import type { CurvesState } from "../state.ts";
import { cut } from "./cut.ts";

/** A button that opens a list of the metrics, to choose which have a chart. */
export class MetricPicker {
  readonly node = element("div", { class: "lr-curves-picker" });
  private readonly opener: HTMLButtonElement;
  private readonly popup = element("div", { class: "lr-curves-popup" });
  private readonly search = element("input", { class: "lr-curves-search" });
  private readonly list = element("div", { class: "lr-curves-list" });
  private readonly items = new Map<string, HTMLLabelElement>();
  private state: Pick<CurvesState, "metrics" | "shown"> = { metrics: [], shown: new Set() };

  private readonly trans: TranslationBundle;
  private readonly onShown: (shown: ReadonlySet<string>) => void;
  private readonly onPress = (event: Event) => {
    if (!this.node.contains(event.target as Node)) this.toggle(false);
  };

  constructor(trans: TranslationBundle, onShown: (shown: ReadonlySet<string>) => void) {
    this.trans = trans;
    this.onShown = onShown;
    this.opener = button({ class: "lr-curves-button", onClick: () => this.toggle(this.popup.hidden) });
    this.opener.setAttribute("aria-expanded", "false");
    this.popup.hidden = true;
    this.popup.setAttribute("role", "group");
    this.popup.setAttribute("aria-label", trans.__("Metrics that have a chart"));
    this.search.type = "search";
    this.search.placeholder = trans.__("Search metrics");
    this.search.setAttribute("aria-label", trans.__("Search metrics"));
    this.search.addEventListener("input", () => this.fill());
    const all = button({
      class: "lr-curves-button",
      text: trans.__("All"),
      onClick: () => this.choose(true),
    });
    const none = button({
      class: "lr-curves-button",
      text: trans.__("None"),
      onClick: () => this.choose(false),
    });
    const buttons = element("div", { class: "lr-curves-buttons" });
    buttons.append(all, none);
    this.popup.append(this.search, buttons, this.list);
    this.node.append(this.opener, this.popup);
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.popup.hidden) return;
      event.stopPropagation();
      this.toggle(false);
      this.opener.focus();
    });
  }

  update(state: Pick<CurvesState, "metrics" | "shown">): void {
    this.state = state;
    const on = state.metrics.filter((name) => state.shown.has(name)).length;
    setText(this.opener, this.trans.__("Metrics: %1 of %2", count(on), count(state.metrics.length)));
    this.node.hidden = state.metrics.length < 2;
    if (!this.popup.hidden) this.fill();
  }

  dispose(): void {
    document.removeEventListener("pointerdown", this.onPress);
  }

  private toggle(isOpen: boolean): void {
    this.popup.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      document.removeEventListener("pointerdown", this.onPress);
      return;
    }
    document.addEventListener("pointerdown", this.onPress);
    this.fill();
    this.search.focus();
  }

  private found(): string[] {
    const wanted = this.search.value.trim().toLowerCase();
    return this.state.metrics.filter((name) => name.toLowerCase().includes(wanted));
  }

  private fill(): void {
    for (const name of this.items.keys()) if (!this.state.metrics.includes(name)) this.items.delete(name);
    const shown = this.found().map((name) => {
      const item = this.items.get(name) ?? this.item(name);
      this.items.set(name, item);
      (item.firstChild as HTMLInputElement).checked = this.state.shown.has(name);
      return item;
    });
    arrange(this.list, shown);
  }

  private item(name: string): HTMLLabelElement {
    const label = element("label", { class: "lr-curves-item" });
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      const shown = new Set(this.state.shown);
      if (box.checked) shown.add(name);
      else shown.delete(name);
      this.onShown(shown);
    });
    label.title = cut(name);
    label.append(box, element("span", { class: "lr-curves-name", text: cut(name) }));
    return label;
  }

  private choose(isShown: boolean): void {
    const shown = new Set(this.state.shown);
    for (const name of this.found()) {
      if (isShown) shown.add(name);
      else shown.delete(name);
    }
    this.onShown(shown);
  }
}
