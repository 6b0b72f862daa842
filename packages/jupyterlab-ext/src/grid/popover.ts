import { element } from "../dom.ts";
import type { Rect } from "./geometry.ts";

/** What a popover is opened with. */
interface PopoverOptions {
  /** What it is, for assistive technology. */
  readonly label: string;
  /** Where it opens: below this, in the page's pixels. */
  readonly anchor: () => Rect;
  readonly content: HTMLElement;
  /** What has the focus first. */
  readonly focus: HTMLElement;
  /** Called once, when it is closed in any way; the focus should go back. */
  readonly onClose: (byKey: boolean) => void;
}

/** Something that lies over the page until it is left: by Escape, by a click elsewhere, or by closing it. */
export class Popover {
  private readonly options: PopoverOptions;
  private readonly ending = new AbortController();

  readonly node: HTMLElement;

  constructor(options: PopoverOptions) {
    this.options = options;
    this.node = element(
      "div",
      {
        class: "lr-Popover",
        attributes: { role: "dialog", "aria-label": options.label, "data-lm-suppress-shortcuts": "true" },
      },
      options.content,
    );
    document.body.append(this.node);
    this.place();
    const { signal } = this.ending;
    this.node.addEventListener("keydown", (event) => this.onKeyDown(event), { signal });
    document.addEventListener("pointerdown", (event) => this.onPointerDown(event), { capture: true, signal });
    // It stays where it was opened, which is elsewhere once the page scrolls.
    window.addEventListener("scroll", (event) => this.onScroll(event), { capture: true, signal });
    window.addEventListener("resize", () => this.place(), { signal });
    options.focus.focus({ preventScroll: true });
  }

  get isClosed(): boolean {
    return this.ending.signal.aborted;
  }

  close(byKey = false): void {
    if (this.isClosed) return;
    this.ending.abort();
    this.node.remove();
    this.options.onClose(byKey);
  }

  /** Puts it below its anchor, or above where there is more room, within the window. */
  place(): void {
    const anchor = this.options.anchor();
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const below = window.innerHeight - anchor.bottom;
    const top = below < height + 8 && anchor.top > below ? anchor.top - height - 4 : anchor.bottom + 4;
    const clamp = (value: number, most: number) => Math.round(Math.max(4, Math.min(value, most)));
    this.node.style.left = `${clamp(anchor.left, window.innerWidth - width - 4)}px`;
    this.node.style.top = `${clamp(top, window.innerHeight - height - 4)}px`;
  }

  private onPointerDown(event: Event): void {
    if (!this.node.contains(event.target as Node)) this.close();
  }

  private onScroll(event: Event): void {
    if (event.target instanceof Node && this.node.contains(event.target)) return;
    this.place();
  }

  private onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(true);
    } else if (event.key === "Tab") {
      this.keepFocus(event);
    }
  }

  /** The focus goes round within it. */
  private keepFocus(event: KeyboardEvent): void {
    const inside = [
      ...this.node.querySelectorAll<HTMLElement>("button:not(:disabled), input, [tabindex='0']"),
    ].filter((node) => node.offsetParent !== null);
    const edge = event.shiftKey ? inside[0] : inside.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? inside.at(-1) : inside[0])?.focus();
  }
}
