import { trusted } from "./html.ts";

/**
 * Inline styles alone: viewers of saved notebooks drop style sheets. Colours are greys that let the background through, and
 * the text's own: the same HTML reads in light and in dark. What a host's style sheet says of tables is overruled.
 */
const GREY = "rgba(128,128,128,";

export const BOX = trusted(
  "font:12px/1.45 system-ui,-apple-system,Segoe UI,Roboto,sans-serif;max-width:100%;overflow-x:auto;padding:2px 0",
);
export const HEAD = trusted("margin:0 0 6px;white-space:nowrap");
export const FOOT = trusted("margin:6px 0 0;opacity:.7;font-size:11px");
export const FAINT = trusted("opacity:.65");
export const SMALL = trusted("opacity:.66;font-size:11px;font-weight:400");
export const TABLE = trusted(
  "border-collapse:collapse;border:0;margin:0;width:auto;table-layout:auto;font-size:12px;font-variant-numeric:tabular-nums",
);
const CELL = "padding:3px 9px;white-space:nowrap;text-align:";
export const LEFT = trusted(`${CELL}left`);
export const RIGHT = trusted(`${CELL}right`);
const COLUMN = `padding:3px 9px;white-space:nowrap;border:0;border-bottom:1px solid ${GREY}.5);vertical-align:bottom;font-weight:600;text-align:`;
export const LEFT_HEAD = trusted(`${COLUMN}left`);
export const RIGHT_HEAD = trusted(`${COLUMN}right`);
export const GROUP_HEAD = trusted(
  `padding:2px 9px;border:0;border-bottom:1px solid ${GREY}.3);text-align:left;font-weight:400;font-size:11px;letter-spacing:.04em;opacity:.75`,
);
export const NO_GROUP = trusted("padding:0;border:0");
export const CHIP = trusted(
  `display:inline-block;padding:0 7px;margin:0 1px 0 0;border-radius:9px;font-size:11px;background:${GREY}.2)`,
);
export const LINK = trusted(`color:inherit;text-decoration:underline;text-decoration-color:${GREY}.6)`);
export const CHARTS = trusted("display:flex;flex-wrap:wrap;gap:10px 18px;margin:8px 0 0");
export const LEGEND = trusted("margin:4px 0 0;font-size:11px");
export const LEGEND_ENTRY = trusted("display:inline-block;margin:0 12px 0 0;white-space:nowrap");
