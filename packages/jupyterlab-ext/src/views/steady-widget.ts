import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";

/**
 * A widget whose parts hear of being attached as they may expect it. JupyterLab's notebook leaves some of it out: what is
 * made while its cell is being attached isn't told that before, only behind; and a cell that comes back into sight when a
 * notebook is scrolled is told before, not behind. Grids have no listeners by the one, and aren't painted by the other.
 */
export class SteadyWidget extends Widget {
  private isAnnounced = false;

  override processMessage(msg: Message): void {
    switch (msg.type) {
      case "before-attach":
        this.isAnnounced = true;
        super.processMessage(msg);
        // It is in the page already: nothing more will be told.
        if (this.node.isConnected && !this.isAttached) this.attachInPlace();
        return;
      case "after-attach":
        if (this.isAttached) return;
        if (!this.isAnnounced) super.processMessage(Widget.Msg.BeforeAttach);
        super.processMessage(msg);
        return;
      case "after-detach":
        this.isAnnounced = false;
        super.processMessage(msg);
        return;
      default:
        super.processMessage(msg);
    }
  }

  private attachInPlace(): void {
    // What is around counts as out of the page, too, though it isn't.
    const unaware: Widget[] = [];
    for (let around: Widget | null = this; around !== null && !around.isAttached; around = around.parent) {
      unaware.unshift(around);
    }
    for (const widget of unaware) {
      // Before Lumino 2.7 (JupyterLab 4.4) what is seen is what has this flag.
      if (!widget.isHidden && widget.parent?.isVisible !== false) widget.setFlag(Widget.Flag.IsVisible);
      widget.setFlag(Widget.Flag.IsAttached);
    }
    this.notifyLayout(Widget.Msg.AfterAttach);
    this.onAfterAttach(Widget.Msg.AfterAttach);
  }
}
