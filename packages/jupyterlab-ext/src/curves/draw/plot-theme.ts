/** The colours and the font of a chart's axes, as the theme has them now. */
export interface PlotTheme {
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  readonly ground: string;
  /** As the canvas has it. */
  readonly font: string;
}

/** Reads the theme where a node is; each colour falls back to the node's own text. */
export function plotThemeOf(node: Element): PlotTheme {
  const style = getComputedStyle(node);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read("--jp-ui-font-color2") || style.color,
    grid: read("--jp-border-color3") || read("--jp-border-color2") || "rgba(128,128,128,.3)",
    axis: read("--jp-border-color1") || style.color,
    ground: read("--jp-layout-color0") || "transparent",
    font: `11px ${style.fontFamily || "sans-serif"}`,
  };
}
