import { Widget } from "@lumino/widgets";
import { element, link } from "./dom.ts";
import type { Title } from "./titles.ts";

/** The line above an output: what it is, and how large. */
export class Head extends Widget {
  constructor() {
    super();
    this.addClass("lr-head");
  }

  setTitle({ name, url, about }: Title): void {
    const title = url === undefined ? element("span", "lr-head-name", name) : link(url, name);
    title.classList.add("lr-head-name");
    title.title = name;
    this.node.replaceChildren(title, ...about.map((text) => element("span", "lr-head-about", text)));
  }
}
