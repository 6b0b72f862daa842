import type { TranslationBundle } from "@jupyterlab/translation";
import { filterListIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";
import { stateIcon } from "../../states/state-icon.ts";
import { STATES, stateWord } from "../states.ts";
import { iconButton } from "./icon-button.ts";

let made = 0;

/** A button that opens the choice of states, and that choice. */
export class StateFilter {
  readonly button: HTMLButtonElement;
  readonly choice: HTMLElement;
  private readonly chosen = new Set<string>();

  constructor(trans: TranslationBundle, onChange: (states: readonly string[]) => void) {
    this.button = iconButton(filterListIcon, trans.__("Filter by state"), () => {
      this.choice.hidden = !this.choice.hidden;
      this.button.setAttribute("aria-expanded", String(!this.choice.hidden));
    });
    const boxes = STATES.map((state) => {
      const box = element("input", { attributes: { type: "checkbox" } });
      box.addEventListener("change", () => {
        if (box.checked) this.chosen.add(state);
        else this.chosen.delete(state);
        this.button.classList.toggle("lr-mod-on", this.chosen.size > 0);
        onChange(STATES.filter((one) => this.chosen.has(one)));
      });
      const word = element("span", { text: stateWord(state, trans) });
      return element("label", { class: "lr-panel-choice" }, box, stateIcon(state), word);
    });
    const legend = element("legend", { class: "lr-panel-hidden", text: trans.__("States") });
    this.choice = element("fieldset", { class: "lr-panel-states" }, legend, ...boxes);
    this.choice.id = `lr-panel-states-${++made}`;
    this.choice.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", this.choice.id);
  }
}
