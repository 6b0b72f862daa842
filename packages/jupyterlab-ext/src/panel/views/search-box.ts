import { searchIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";

/** A field for a text to look for. */
export function searchBox(label: string, onChange: (text: string) => void) {
  const input = element("input", {
    class: "lr-panel-input",
    attributes: { type: "search", placeholder: label, "aria-label": label, spellcheck: "false" },
  });
  input.addEventListener("input", () => onChange(input.value.trim()));
  const icon = searchIcon.element({ tag: "span", className: "lr-panel-icon" });
  icon.setAttribute("aria-hidden", "true");
  return { node: element("div", { class: "lr-panel-search" }, icon, input), input };
}

/** The arrow goes from the field to what it has found. */
export function goDown(input: HTMLInputElement, list: { focus(): void }): void {
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.focus();
  });
}
