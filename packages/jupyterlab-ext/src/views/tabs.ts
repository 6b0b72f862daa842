import { Widget } from "@lumino/widgets";
import { button } from "../dom.ts";

let count = 0;

/** Tabs above widgets of which one is seen, by mouse, by keyboard and by screen readers. */
export class Tabs extends Widget {
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly pages: readonly Widget[];
  private open = 0;

  /**
   * @param label - what the choice is of
   * @param pages - what is under each tab, which stands elsewhere
   */
  constructor(label: string, pages: readonly { readonly title: string; readonly page: Widget }[]) {
    super();
    this.addClass("lr-tabs");
    this.node.setAttribute("role", "tablist");
    this.node.setAttribute("aria-label", label);
    this.pages = pages.map(({ page }) => page);
    this.buttons = pages.map(({ title, page }) => {
      const id = `lr-tab-${++count}`;
      page.id ||= `lr-tab-page-${count}`;
      page.node.setAttribute("role", "tabpanel");
      page.node.setAttribute("aria-labelledby", id);
      const attributes = { id, role: "tab", "aria-controls": page.id };
      return button({ class: "lr-tab", text: title, attributes });
    });
    this.node.append(...this.buttons);
    this.node.addEventListener("click", (event) => {
      const at = this.buttons.indexOf(event.target as HTMLButtonElement);
      if (at >= 0) this.select(at);
    });
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    this.select(0);
  }

  select(at: number): void {
    this.open = at;
    this.buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === at));
      button.tabIndex = index === at ? 0 : -1;
    });
    for (const [index, page] of this.pages.entries()) page.setHidden(index !== at);
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.buttons.length - 1;
    const to = {
      ArrowLeft: this.open === 0 ? last : this.open - 1,
      ArrowRight: this.open === last ? 0 : this.open + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.select(to);
    this.buttons[to]?.focus();
  }
}
