import { Widget } from "@lumino/widgets";
import { element, renew } from "../dom.ts";

/** Lines about an output: what is wrong with it, and what of it isn't here. Without any it takes no room. */
export class NotesList extends Widget {
  constructor() {
    super();
    this.addClass("lr-notes");
    this.hide();
  }

  /**
   * @param problems - what people should know of, as something was broken
   * @param facts - what they may want to know
   */
  setNotes(problems: readonly string[], facts: readonly string[]): void {
    renew(this.node, [
      ...problems.map((text) => element("div", { class: "lr-note lr-note-problem", text })),
      ...facts.map((text) => element("div", { class: "lr-note", text })),
    ]);
    this.setHidden(problems.length + facts.length === 0);
  }
}
