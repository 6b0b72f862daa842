const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  search: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.6 10.6 14 14",
  columns: "M2 3h12v10H2zM6 3v10M10 3v10",
  close: "M4 4l8 8M12 4l-8 8",
  up: "M8 13V3M4 7l4-4 4 4",
  down: "M8 3v10M4 9l4 4 4-4",
  copy: "M5 5h8v9H5zM3 11V2h8",
  pin: "M5 2h6l-1 5 2 2H4l2-2zM8 9v5",
  open: "M7 4H3v9h9V9M9 3h4v4M13 3 7.5 8.5",
  left: "M13 8H3M7 4 3 8l4 4",
  right: "M3 8h10M9 4l4 4-4 4",
  hide: "M2 8s2.5-4 6-4 6 4 6 4-2.5 4-6 4-6-4-6-4zM3 14 13 2",
  fit: "M2 3v10M14 3v10M4 8h8M6 6 4 8l2 2M10 6l2 2-2 2",
  narrow: "M1 8h5M15 8h-5M4 6l2 2-2 2M12 6l-2 2 2 2",
  wide: "M6 8H1M10 8h5M3 6 1 8l2 2M13 6l2 2-2 2",
  freeze: "M2 3h12v10H2zM7 3v10M3 5h3M3 8h3M3 11h3",
  grip: "M6 3v.01M6 8v.01M6 13v.01M10 3v.01M10 8v.01M10 13v.01",
  warn: "M8 2 15 14H1zM8 6v4M8 12v.5",
} as const;

/** What an icon shows. */
export type IconName = keyof typeof ICONS;

/** Makes an icon, in the colour of the text around it, that assistive technology doesn't hear of. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 16 16",
    class: "lr-icon",
    "aria-hidden": "true",
  }))
    svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
