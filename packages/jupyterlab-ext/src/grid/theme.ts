/** The colours and fonts of the theme that is on, as a canvas takes them. */
export interface GridTheme {
  readonly font: string;
  readonly boldFont: string;
  readonly smallFont: string;
  readonly text: string;
  readonly muted: string;
  readonly background: string;
  readonly headingBackground: string;
  readonly line: string;
  readonly strongLine: string;
  readonly brand: string;
  /** What is written on the brand's colour. */
  readonly onBrand: string;
  readonly chip: string;
  readonly success: string;
  readonly warn: string;
  readonly error: string;
  readonly info: string;
}

/** Reads the theme where a node is; of the page where it is in none. */
export function readTheme(node: HTMLElement): GridTheme {
  const style = getComputedStyle(node.isConnected ? node : document.body);
  const read = (name: string, otherwise: string) =>
    style.getPropertyValue(`--jp-${name}`).trim() || otherwise;
  const family = read("ui-font-family", "sans-serif");
  const size = Number.parseFloat(read("ui-font-size1", "13px")) || 13;
  return {
    font: `${size}px ${family}`,
    boldFont: `600 ${size}px ${family}`,
    smallFont: `${size - 2}px ${family}`,
    text: read("ui-font-color1", "#212121"),
    muted: read("ui-font-color2", "#757575"),
    background: read("layout-color1", "white"),
    headingBackground: read("layout-color1", "white"),
    line: read("border-color3", "#eee"),
    strongLine: read("border-color1", "#bdbdbd"),
    brand: read("brand-color1", "#1976d2"),
    onBrand: read("layout-color0", "white"),
    chip: read("layout-color2", "#eee"),
    success: read("success-color1", "#388e3c"),
    warn: read("warn-color1", "#f57c00"),
    error: read("error-color1", "#d32f2f"),
    info: read("brand-color1", "#1976d2"),
  };
}
