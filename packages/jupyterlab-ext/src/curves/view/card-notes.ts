import { arrange, button, element, setText } from "../../dom.ts";

/** What can be done about curves that are cut. */
interface Cut {
  readonly text?: string;
  /** What the button says. */
  readonly button: string;
}

/** What is said below a chart of what it leaves out, a sentence each, and a button that shows more or less of it. */
export class CardNotes {
  readonly node = element("div", { class: "lr-curves-notes" });
  private readonly cut = element("p");
  private readonly cutText = element("span");
  private readonly flip: HTMLButtonElement;
  private said = "";
  private texts: readonly HTMLElement[] = [];

  constructor(onFlip: () => void) {
    this.flip = button({ class: "lr-curves-link", onClick: onFlip });
    this.cut.append(this.cutText, this.flip);
  }

  /** The button stays the same one, so that it keeps the focus while its words change. */
  update(texts: readonly string[], cut?: Cut): void {
    const said = texts.join("\n");
    if (said !== this.said) this.texts = texts.map((text) => element("p", { text }));
    this.said = said;
    if (cut !== undefined) {
      setText(this.cutText, cut.text === undefined ? "" : `${cut.text} `);
      setText(this.flip, cut.button);
    }
    arrange(this.node, [...this.texts, ...(cut === undefined ? [] : [this.cut])]);
  }
}
