/**
 * Gives the keys that are pressed while a node has the focus to one place before any other: the host takes them for its own
 * commands as soon as they reach the document.
 */
export class KeyCapture {
  private readonly node: HTMLElement;
  private readonly onKey: (event: KeyboardEvent) => boolean;
  private readonly onChange: () => void;
  private readonly listener = (event: KeyboardEvent) => this.take(event);

  isFocused = false;

  /**
   * @param onKey - returns whether a key was meant for it: no other place hears of it then
   * @param onChange - called when the node got or lost the focus
   */
  constructor(node: HTMLElement, onKey: (event: KeyboardEvent) => boolean, onChange: () => void) {
    this.node = node;
    this.onKey = onKey;
    this.onChange = onChange;
    node.addEventListener("focus", () => this.set(true));
    node.addEventListener("blur", () => this.set(false));
  }

  /** Takes no more keys until the node gets the focus again. */
  release(): void {
    this.set(false);
  }

  dispose(): void {
    window.removeEventListener("keydown", this.listener, true);
    this.isFocused = false;
  }

  private set(isFocused: boolean): void {
    if (isFocused === this.isFocused) return;
    this.isFocused = isFocused;
    if (isFocused) window.addEventListener("keydown", this.listener, true);
    else window.removeEventListener("keydown", this.listener, true);
    this.onChange();
  }

  private take(event: KeyboardEvent): void {
    if (document.activeElement !== this.node || event.isComposing) return;
    if (!this.onKey(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
