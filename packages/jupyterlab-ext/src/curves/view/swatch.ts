import type { RunLook } from "../../colors/run-colors.ts";

const SVG = "http://www.w3.org/2000/svg";

/** A piece of a run's line, as it is drawn. */
export function swatch(look: RunLook): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "lr-curves-swatch");
  svg.setAttribute("viewBox", "0 0 18 8");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M0 4H18");
  line.setAttribute("stroke", look.color);
  line.setAttribute("stroke-width", "3");
  if (look.dash.length > 0) line.setAttribute("stroke-dasharray", look.dash.join(" "));
  svg.append(line);
  return svg;
}
