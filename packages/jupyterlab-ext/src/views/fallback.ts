import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { TranslationBundle } from "@jupyterlab/translation";
import { PanelLayout, Widget } from "@lumino/widgets";
import { element, setText } from "../dom.ts";
import { isOurs } from "./mime-types.ts";

/** Instead of a view: why there is none, and below that what else the output holds, as the host itself would show it. */
export class Fallback extends Widget {
  private readonly registry: IRenderMimeRegistry;
  private readonly options: IRenderMime.IRendererOptions;
  private readonly trans: TranslationBundle;
  private readonly line = new Widget({ node: element("div", { class: "lr-note lr-note-problem" }) });
  private readonly content = new PanelLayout();
  private other: IRenderMime.IRenderer | undefined;

  constructor(
    registry: IRenderMimeRegistry,
    options: IRenderMime.IRendererOptions,
    trans: TranslationBundle,
  ) {
    super();
    this.registry = registry;
    this.options = options;
    this.trans = trans;
    this.addClass("lr-fallback");
    this.line.node.setAttribute("role", "status");
    this.layout = this.content;
    this.content.addWidget(this.line);
  }

  /** Shows why, and what else there is of the output. Never throws. */
  async setModel(model: IRenderMime.IMimeModel, reason: string): Promise<void> {
    setText(this.line.node, reason);
    this.other?.dispose();
    this.other = undefined;
    try {
      await this.showOther(model);
    } catch (error) {
      if (this.isDisposed) return;
      const { trans } = this;
      setText(this.line.node, `${reason} ${trans.__("Its HTML can't be shown either: %1", String(error))}`);
      console.error("Lazyruns: an output's HTML can't be shown.", error);
    }
  }

  private async showOther(model: IRenderMime.IMimeModel): Promise<void> {
    const rest = Object.fromEntries(Object.entries(model.data).filter(([type]) => !isOurs(type)));
    const mimeType =
      "text/html" in rest
        ? "text/html"
        : this.registry.preferredMimeType(rest, model.trusted ? "any" : "ensure");
    const factory = mimeType === undefined ? undefined : this.registry.getFactory(mimeType);
    if (mimeType === undefined || factory === undefined) return;
    const other = factory.createRenderer({ ...this.options, mimeType });
    this.other = other;
    this.content.addWidget(other);
    await other.renderModel(model);
  }
}
