import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { element, setText } from "../dom.ts";
import { Copyable } from "./copyable.ts";

/** What isn't in an output, and the code that gets it. */
export interface HintText {
  readonly text: string;
  readonly code: string;
}

/** A line that says what isn't in an output, with the code that gets it. Without one it takes no room. */
export class Hint extends Widget {
  private readonly text = element("span", { class: "lr-hint-text" });
  private readonly code: Copyable;

  constructor(trans: TranslationBundle) {
    super();
    this.code = new Copyable(trans);
    this.addClass("lr-hint");
    this.node.append(this.text, this.code.node);
    this.hide();
  }

  setHint(hint: HintText | undefined): void {
    this.setHidden(hint === undefined);
    if (hint === undefined) return;
    setText(this.text, hint.text);
    this.code.setCode(hint.code);
  }
}
