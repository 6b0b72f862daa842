/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from "playwright-core";

/** The least contrast of text with what is behind it (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
const LEAST_FOR_TEXT = 4.5;
/** The same of lines that say something (https://www.w3.org/TR/WCAG22/#non-text-contrast). */
const LEAST_FOR_LINES = 3;

/** What of the shown outputs people could not read: empty when they can read all of it. */
export function pageProblems(page: Page): Promise<string[]> {
  return page.evaluate(findProblems, { LEAST_FOR_TEXT, LEAST_FOR_LINES });
}

/** How many tables and curves the page's outputs have. */
export function countShown(page: Page): Promise<{ tables: number; curves: number }> {
  return page.evaluate((outputs) => {
    const count = (what: string) => document.querySelectorAll(`${outputs} ${what}`).length;
    return { tables: count("table"), curves: count('svg path[stroke^="#"]') };
  }, OUTPUTS);
}

const OUTPUTS = ".jp-RenderedHTMLCommon.jp-OutputArea-output";

/** Runs in the page, and so holds all that it needs. */
function findProblems(least: { LEAST_FOR_TEXT: number; LEAST_FOR_LINES: number }): string[] {
  type Color = readonly [red: number, green: number, blue: number, alpha: number];

  const colorOf = (css: string): Color => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return css === "none" || css === "transparent" ? [0, 0, 0, 0] : [red, green, blue, alpha];
  };
  const over = ([r, g, b, a]: Color, [x, y, z]: Color): Color => [
    r * a + x * (1 - a),
    g * a + y * (1 - a),
    b * a + z * (1 - a),
    1,
  ];
  const ancestors = (element: Element) => {
    const all = [element];
    for (let at = element.parentElement; at !== null; at = at.parentElement) all.push(at);
    return all;
  };
  const behind = (element: Element): Color =>
    ancestors(element).reduceRight<Color>(
      (below, at) => over(colorOf(getComputedStyle(at).backgroundColor), below),
      [255, 255, 255, 1],
    );
  const opacityOf = (element: Element) =>
    ancestors(element).reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1);
  const luminance = (color: Color) => {
    const [red = 0, green = 0, blue = 0] = color
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (element: Element, css: string, opacity = 1) => {
    const below = behind(element);
    const [red, green, blue, alpha] = colorOf(css);
    const shown = luminance(over([red, green, blue, alpha * opacity * opacityOf(element)], below));
    const background = luminance(below);
    return (Math.max(shown, background) + 0.05) / (Math.min(shown, background) + 0.05);
  };

  const isCut = (curve: Element) => {
    const frame = curve.closest("svg")?.getBoundingClientRect();
    const { left, top, right, bottom } = curve.getBoundingClientRect();
    return !frame || left < frame.left || top < frame.top || right > frame.right || bottom > frame.bottom;
  };

  const problems: string[] = [];
  const seen = (element: Element, what: string) =>
    problems.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const isMark = (text: string) => /^[●━⋮–·\s]*$/.test(text); // signs that only go with text, or stand for none
  for (const output of document.querySelectorAll(".jp-RenderedHTMLCommon.jp-OutputArea-output")) {
    if (output.getBoundingClientRect().height < 10) seen(output, "an output without height");
    for (const element of output.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own.map((node) => node.textContent ?? "").join("");
      const isSvg = element instanceof SVGElement;
      if (!isMark(text) && !(isSvg && element.tagName !== "text")) {
        const ratio = isSvg
          ? contrast(element, style.fill, Number(style.fillOpacity))
          : contrast(element, style.color);
        if (ratio < least.LEAST_FOR_TEXT) seen(element, `text with a contrast of ${ratio.toFixed(2)}`);
      }
      if (element.matches('svg path[stroke^="#"]')) {
        const ratio = contrast(element, style.stroke);
        if (ratio < least.LEAST_FOR_LINES) seen(element, `a curve with a contrast of ${ratio.toFixed(2)}`);
        if (isCut(element)) seen(element, "a curve that is cut off");
      }
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth - clientWidth} pixels too wide`);
  return problems;
}
