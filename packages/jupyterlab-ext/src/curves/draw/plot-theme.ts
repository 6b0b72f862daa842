/** The colours and the font of a chart's axes, as the theme has them now. */
export interface PlotTheme {
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  readonly ground: string;
  /** As the canvas has it. */
  readonly font: string;
}

const GRID_ALPHA = 0.13;
const AXIS_ALPHA = 0.4;

/** Reads the theme where a node is; lines of axes are the text's colour, faint, which suits high contrast too. */
export function plotThemeOf(node: Element): PlotTheme {
  const style = getComputedStyle(node);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const text = read("--jp-ui-font-color2") || style.color;
  return {
    text,
    grid: faint(text, GRID_ALPHA),
    axis: faint(text, AXIS_ALPHA),
    ground: read("--jp-layout-color1") || "transparent",
    font: `11px ${style.fontFamily || "sans-serif"}`,
  };
}

/** A colour of CSS, as far as it lets through what it has of its own already. */
function faint(color: string, alpha: number): string {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return color;
  context.fillStyle = color;
  // The canvas gives it back as #rrggbb, or as rgba(…) when it isn't opaque.
  const made = context.fillStyle;
  const hex = /^#([\da-f]{6})$/i.exec(made)?.[1];
  if (hex !== undefined)
    return `#${hex}${Math.round(alpha * 255)
      .toString(16)
      .padStart(2, "0")}`;
  const parts = /^rgba\(([^)]*), ([\d.]+)\)$/.exec(made);
  return parts === null ? made : `rgba(${parts[1]}, ${Number(parts[2]) * alpha})`;
}
