import { element } from "../dom.ts";

/** Tells assistive technology what happened. */
export class LiveRegion {
  readonly node = element("div", {
    class: "lr-sr-only",
    attributes: { role: "status", "aria-live": "polite", "aria-atomic": "true" },
  });

  /** What is told a second time is told with another blank at its end, or it wouldn't be heard. */
  say(text: string): void {
    this.node.textContent = this.node.textContent === text ? `${text}\u00a0` : text;
  }
}
