import { LINE_WIDTH, marksOf, type StateMark } from "./state-marks.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The icon of a run's state, beside its word: assistive technology doesn't hear of it. */
export function stateIcon(state: string): SVGElement {
  const icon = made("svg", { viewBox: "-8 -8 16 16", class: "lr-state-icon", "aria-hidden": "true" });
  icon.append(...marksOf(state).map(drawn));
  return icon;
}

function drawn(mark: StateMark): SVGElement {
  const isLine = mark.kind === "ring" || mark.kind === "line";
  const paint = {
    class: `lr-state-${mark.color}`,
    fill: isLine ? "none" : "currentColor",
    ...(isLine && { stroke: "currentColor", "stroke-width": String(LINE_WIDTH) }),
  };
  if ("radius" in mark) return made("circle", { ...paint, r: String(mark.radius) });
  const points = mark.points.map((point) => point.join(",")).join(" ");
  return made(isLine ? "polyline" : "polygon", { ...paint, points });
}

function made(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
