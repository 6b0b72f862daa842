import type { TranslationBundle } from "@jupyterlab/translation";
import { element } from "../dom.ts";
import { type GridColumn, headingText } from "./column.ts";
import type { GridState } from "./grid-state.ts";
import { hintText, problemText } from "./texts.ts";

let count = 0;

/** Where a column's filter is written; below it stands what can be written, or why what is there isn't understood. */
export class FilterField {
  private readonly state: GridState;
  private readonly column: GridColumn;
  private readonly trans: TranslationBundle;
  private readonly note: HTMLElement;

  readonly input: HTMLInputElement;
  readonly node: HTMLElement;

  constructor(state: GridState, column: GridColumn, trans: TranslationBundle) {
    this.state = state;
    this.column = column;
    this.trans = trans;
    const id = `lr-filter-${++count}`;
    const label = trans.__("Filter %1", headingText(column));
    this.note = element("div", { class: "lr-FilterField-note", attributes: { id, "aria-live": "polite" } });
    this.input = element("input", {
      class: "lr-input",
      attributes: {
        type: "search",
        "aria-label": label,
        "aria-describedby": id,
        placeholder: trans.__("Filter…"),
        spellcheck: "false",
        autocomplete: "off",
      },
    });
    const filter = state.look.filters.get(column.key);
    this.input.value = filter !== undefined && "text" in filter ? filter.text : "";
    this.input.addEventListener("input", () => this.apply());
    this.node = element(
      "div",
      { class: "lr-FilterField" },
      element("div", { class: "lr-ColumnMenu-label", text: trans.__("Filter") }),
      this.input,
      this.note,
    );
    this.renderNote();
  }

  private apply(): void {
    const filters = new Map(this.state.look.filters);
    if (this.input.value.trim() === "") filters.delete(this.column.key);
    else filters.set(this.column.key, { text: this.input.value });
    this.state.update({ filters });
    this.renderNote();
  }

  private renderNote(): void {
    const problem = this.state.view.problems.get(this.column.key);
    this.note.textContent =
      problem === undefined ? hintText(this.trans, this.column.kind) : problemText(this.trans, problem);
    this.note.classList.toggle("lr-mod-error", problem !== undefined);
    this.input.setAttribute("aria-invalid", String(problem !== undefined));
  }
}
