import type { LabIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";

/** A button that is a picture; its label is what the pointer and a screen reader say. */
export function iconButton(icon: LabIcon, label: string, onClick: () => void): HTMLButtonElement {
  const attributes = { type: "button", title: label, "aria-label": label };
  const button = element("button", { class: "lr-panel-icon-button", attributes, onClick });
  button.append(icon.element({ tag: "span", className: "lr-panel-icon" }));
  return button;
}
