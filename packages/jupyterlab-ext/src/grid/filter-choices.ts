import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import { element } from "../dom.ts";
import type { Choice } from "./choices.ts";
import { type GridColumn, headingText } from "./column.ts";
import type { FilterField } from "./filter-field.ts";
import type { GridState } from "./grid-state.ts";

/** A column's few values, to filter by by choosing some of them. */
export class FilterChoices {
  readonly node: HTMLElement;

  constructor(
    state: GridState,
    column: GridColumn,
    choices: readonly Choice[],
    trans: TranslationBundle,
    field: FilterField,
  ) {
    const filter = state.look.filters.get(column.key);
    const chosen = new Set(filter !== undefined && "chosen" in filter ? filter.chosen : []);
    const boxes: HTMLInputElement[] = [];
    const apply = () => {
      const filters = new Map(state.look.filters);
      if (chosen.size === 0) filters.delete(column.key);
      else filters.set(column.key, { chosen: new Set(chosen) });
      field.input.value = "";
      state.update({ filters });
    };
    const lines = choices.map(({ text, count: rows }) => {
      const box = element("input", { attributes: { type: "checkbox" } });
      box.checked = chosen.has(text);
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(text);
        else chosen.delete(text);
        apply();
      });
      boxes.push(box);
      const name = element("span", {
        class: "lr-FilterChoices-name",
        text: text === "" ? trans.__("(nothing)") : text,
      });
      return element("label", {}, box, name, element("span", { class: "lr-muted", text: count(rows) }));
    });
    // What is written takes the place of what was chosen.
    field.input.addEventListener("input", () => {
      chosen.clear();
      for (const box of boxes) box.checked = false;
    });
    this.node = element(
      "div",
      {
        class: "lr-FilterChoices",
        attributes: { role: "group", "aria-label": trans.__("Values of %1", headingText(column)) },
      },
      ...lines,
    );
  }
}
