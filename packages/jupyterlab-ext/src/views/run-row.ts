import type { TranslationBundle } from "@jupyterlab/translation";
import { button, element, renew, setText } from "../dom.ts";
import { type GridColumn, isRightAligned } from "../grid/column.ts";
import { cellText, wholeText } from "../grid/format.ts";
import type { NumberFormat } from "../settings/view-settings.ts";
import { stateIcon } from "../states/state-icon.ts";

/** How many characters of a value are shown at first: about three lines. */
const LONG = 180;

/** A key of a run and its value. Long values are cut, with a button that shows all of them. */
export class RunRow {
  readonly node: HTMLTableRowElement;
  private readonly trans: TranslationBundle;
  private readonly key = element("th", { class: "lr-run-key", attributes: { scope: "row" } });
  private readonly text = element("span");
  private readonly value = element("td", { class: "lr-run-value" }, this.text);
  private readonly more: HTMLButtonElement;
  private icon: SVGElement | undefined;
  private short = "";
  private whole = "";
  private isOpen = false;

  constructor(trans: TranslationBundle) {
    this.trans = trans;
    this.more = button({ class: "lr-run-all", onClick: () => this.toggle() });
    this.node = element("tr", {}, this.key, this.value);
  }

  set({ name, kind, values }: GridColumn, format: NumberFormat): void {
    const value = values[0] ?? null;
    setText(this.key, name);
    this.short = cellText(kind, value, format);
    const exact = wholeText(kind, value);
    // A histogram is called one until all of it is asked for.
    this.whole = kind === "json" ? exact : this.short;
    this.value.title = exact === this.short ? "" : exact;
    this.value.classList.toggle("lr-run-absent", this.short === "");
    this.value.classList.toggle("lr-mod-number", isRightAligned(kind));
    this.icon = kind === "state" ? stateIcon(this.short) : undefined;
    this.draw();
  }

  private toggle(): void {
    this.isOpen = !this.isOpen;
    this.draw();
  }

  private draw(): void {
    const { icon, short, whole, trans, isOpen } = this;
    const isLong = short.length > LONG;
    const closed = isLong ? `${cutAt(short, LONG)}…` : short || "–";
    setText(this.text, isOpen && whole !== "" ? whole : closed);
    const hasMore = isLong || whole !== short;
    renew(this.value, [...(icon ? [icon] : []), this.text, ...(hasMore ? [this.more] : [])]);
    setText(this.more, isOpen ? trans.__("Show less") : trans.__("Show all"));
    this.more.setAttribute("aria-expanded", String(isOpen));
  }
}

/** The first characters, none of them in half. */
function cutAt(text: string, length: number): string {
  const isWithin = /[\uD800-\uDBFF]/.test(text[length - 1] ?? "");
  return text.slice(0, isWithin ? length - 1 : length);
}
