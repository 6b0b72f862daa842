import { Clipboard } from "@jupyterlab/apputils";
import type { TranslationBundle } from "@jupyterlab/translation";
import { copyIcon } from "@jupyterlab/ui-components";
import { element } from "./dom.ts";

/** Code in a line of text, with a button that copies it. */
export function copyable(code: string, trans: TranslationBundle): HTMLElement {
  const node = element("span", "lr-code");
  const button = element("button", "lr-code-copy");
  button.type = "button";
  button.title = trans.__("Copy the code");
  button.setAttribute("aria-label", button.title);
  copyIcon.element({ container: button, elementSize: "small" });
  button.addEventListener("click", () => Clipboard.copyToSystem(code));
  node.append(element("code", "lr-code-text", code), button);
  return node;
}
