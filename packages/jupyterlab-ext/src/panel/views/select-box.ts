import { caretDownEmptyIcon } from "@jupyterlab/ui-components";
import { element } from "../../dom.ts";

/** A choice out of a list. */
export function selectBox(label: string) {
  const select = element("select", { class: "lr-panel-input", attributes: { "aria-label": label } });
  const caret = caretDownEmptyIcon.element({ tag: "span", className: "lr-panel-icon" });
  caret.setAttribute("aria-hidden", "true");
  return { node: element("div", { class: "lr-panel-select" }, select, caret), select };
}
