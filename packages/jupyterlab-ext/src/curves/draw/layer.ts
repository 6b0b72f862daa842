/** A canvas over a chart's plot area, whose pixels are the screen's. */
export class Layer {
  readonly node = document.createElement("canvas");
  private readonly context = this.node.getContext("2d");

  constructor(className: string) {
    this.node.className = className;
  }

  /** Draws anew, from nothing, in pixels of CSS. */
  paint(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): void {
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.node.width !== wide || this.node.height !== high) {
      this.node.width = wide;
      this.node.height = high;
      this.node.style.width = `${width}px`;
      this.node.style.height = `${height}px`;
    }
    if (this.context === null) return;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    draw(this.context);
    this.context.globalAlpha = 1;
  }
}
