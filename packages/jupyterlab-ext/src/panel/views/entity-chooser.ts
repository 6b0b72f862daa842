import type { TranslationBundle } from "@jupyterlab/translation";
import { element } from "../../dom.ts";
import { selectBox } from "./select-box.ts";

/** The value of the option that lets people write a name. */
const OTHER = "";

/** Chooses a user or team: the known ones, or any by its name. */
export class EntityChooser {
  readonly node: HTMLElement;
  private readonly trans: TranslationBundle;
  private readonly select: HTMLSelectElement;
  private readonly input: HTMLInputElement;
  private entity: string | undefined;

  constructor(trans: TranslationBundle, onChoose: (entity: string) => void) {
    this.trans = trans;
    const { node, select } = selectBox(trans.__("User or team"));
    this.select = select;
    this.input = element("input", {
      class: "lr-panel-input",
      attributes: {
        type: "text",
        placeholder: trans.__("User or team, then Enter"),
        "aria-label": trans.__("Name of another user or team"),
        spellcheck: "false",
      },
    });
    this.input.hidden = true;
    this.select.addEventListener("change", () => {
      const isOther = this.select.value === OTHER;
      this.input.hidden = !isOther;
      if (isOther) this.input.focus();
      else onChoose(this.select.value);
    });
    this.input.addEventListener("keydown", (event) => {
      const name = this.input.value.trim();
      if (event.key === "Enter" && name !== "") onChoose(name);
      if (event.key === "Escape" && this.entity !== undefined) {
        this.close();
        this.select.focus();
      }
    });
    this.node = element("div", { class: "lr-panel-entity" }, node, this.input);
  }

  /** Shows whose projects these are, and whose there are. */
  show(entity: string | undefined, known: readonly string[]): void {
    this.entity = entity;
    const names = [...new Set([...(entity === undefined ? [] : [entity]), ...known])].sort();
    const options = names.map((name) => element("option", { text: name, attributes: { value: name } }));
    const other = element("option", { text: this.trans.__("Another…"), attributes: { value: OTHER } });
    this.select.replaceChildren(...options, other);
    this.close();
  }

  private close(): void {
    const isFocused = document.activeElement === this.input;
    this.select.value = this.entity ?? OTHER;
    this.input.value = "";
    this.input.hidden = this.entity !== undefined;
    if (isFocused) this.select.focus();
  }
}
