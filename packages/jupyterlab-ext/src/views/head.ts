import { Widget } from "@lumino/widgets";
import { element, renew } from "../dom.ts";
import type { Title } from "./titles.ts";

/** The line above an output: what it is, and how large. */
export class Head extends Widget {
  constructor() {
    super();
    this.addClass("lr-head");
  }

  setTitle({ name, url, about }: Title): void {
    const title =
      url === undefined
        ? element("span", { class: "lr-head-name", text: name, title: name })
        : link(url, name);
    renew(this.node, [title, ...about.map((text) => element("span", { class: "lr-head-about", text }))]);
  }
}

/** A page of the web, which opens beside this one. */
function link(url: string, text: string): HTMLAnchorElement {
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", { class: "lr-link lr-head-name", text, title: text, attributes });
}
