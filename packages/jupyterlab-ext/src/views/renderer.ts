import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";

/** Makes what draws the outputs of one MIME type. */
export function createRenderer(_options: IRenderMime.IRendererOptions): IRenderMime.IRenderer {
  return new Output();
}

class Output extends Widget implements IRenderMime.IRenderer {
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.node.textContent = Object.keys(model.data).join(" ");
  }
}
