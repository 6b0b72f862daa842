import type { TranslationBundle } from "@jupyterlab/translation";
import { copyIcon } from "@jupyterlab/ui-components";
import { button, element, setText } from "../dom.ts";
import { copyToClipboard } from "../grid/clipboard.ts";

/** Code in a line of text, with a button that copies it and says so. */
export class Copyable {
  readonly node: HTMLElement;
  private readonly trans: TranslationBundle;
  private readonly code = element("code", { class: "lr-code-text" });
  private readonly said = element("span", { class: "lr-code-said", attributes: { role: "status" } });

  constructor(trans: TranslationBundle) {
    this.trans = trans;
    const label = trans.__("Copy the code");
    const copy = button({ class: "lr-code-copy", title: label, label, onClick: () => void this.copy() });
    copyIcon.element({ container: copy, elementSize: "small" });
    this.node = element(
      "span",
      { class: "lr-copyable" },
      element("span", { class: "lr-code" }, this.code, copy),
      this.said,
    );
  }

  setCode(code: string): void {
    if (this.code.textContent === code) return;
    setText(this.code, code);
    setText(this.said, "");
  }

  private async copy(): Promise<void> {
    const { trans } = this;
    // What is said a second time is heard only if it was gone in between.
    setText(this.said, "");
    const isCopied = await copyToClipboard(this.code.textContent ?? "");
    setText(this.said, isCopied ? trans.__("Copied") : trans.__("The browser doesn't allow copying"));
  }
}
