import { CURVE_COLORS, CURVE_DASHES } from "@lazyruns/curves";

/** The palettes that people can choose from: one that is safe for colour blindness, and that of the static pictures. */
export type PaletteName = "colorblind" | "static";

/** Colours that are far apart whichever of the three kinds of colour blindness one has, and read on light and on dark. */
const COLORBLIND = ["#5089fc", "#ea3275", "#057d68", "#a58c0a", "#845aa9", "#995e2c", "#918c99"];

/** The colours of each palette, those that are furthest apart first. */
export const PALETTES: Readonly<Record<PaletteName, readonly string[]>> = {
  colorblind: COLORBLIND,
  static: CURVE_COLORS,
};

/** How lines are broken that share a colour, as the canvas has it: the first of each colour isn't. */
export const DASHES: readonly (readonly number[])[] = [...CURVE_DASHES, [9, 3, 1.5, 3]];
