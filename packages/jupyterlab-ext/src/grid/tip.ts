import { element } from "../dom.ts";

/** How long the pointer rests before something is told, in milliseconds. */
const DELAY = 350;
/** How much of a text is shown. */
const MOST = 2000;

/** Shows the whole of a value that is cut or rounded, beside its cell. */
export class Tip {
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly node = element("div", { class: "lr-Tip", attributes: { role: "tooltip", "aria-hidden": "true" } });

  get isShown(): boolean {
    return this.node.isConnected;
  }

  /** Shows a text below a place of the page, at once or after the pointer has rested. */
  show(text: string, at: { left: number; top: number; bottom: number }, isAtOnce: boolean): void {
    this.hide();
    const open = () => {
      this.node.textContent = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
      document.body.append(this.node);
      const { offsetWidth: width, offsetHeight: height } = this.node;
      const isAbove = at.bottom + height + 8 > window.innerHeight;
      this.node.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - width - 4))}px`;
      this.node.style.top = `${isAbove ? at.top - height - 4 : at.bottom + 4}px`;
    };
    if (isAtOnce) open();
    else this.timer = setTimeout(open, DELAY);
  }

  /** Hides it; returns whether it was shown. */
  hide(): boolean {
    clearTimeout(this.timer);
    const { isShown } = this;
    this.node.remove();
    return isShown;
  }
}
