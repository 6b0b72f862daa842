/** How far a layer goes beyond the plot area, so that dots on its edge are whole. */
const MARGIN = 6;

/** A canvas over a chart's plot area, whose pixels are the screen's. */
export class Layer {
  readonly node = document.createElement("canvas");
  private readonly context = this.node.getContext("2d");

  constructor(className: string) {
    this.node.className = className;
  }

  /** Draws anew, from nothing, in pixels of CSS from the plot area's corner. */
  paint(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): void {
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [width, height].map((size) => Math.round((size + 2 * MARGIN) * ratio)) as [
      number,
      number,
    ];
    if (this.node.width !== wide || this.node.height !== high) {
      this.node.width = wide;
      this.node.height = high;
      Object.assign(this.node.style, {
        left: `${-MARGIN}px`,
        top: `${-MARGIN}px`,
        width: `${width + 2 * MARGIN}px`,
        height: `${height + 2 * MARGIN}px`,
      });
    }
    if (this.context === null) return;
    this.context.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
    this.context.clearRect(-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN);
    draw(this.context);
    this.context.globalAlpha = 1;
  }
}
