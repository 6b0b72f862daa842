/** Colours of curves: each has a contrast of 3 at least on white, on near black and on striped rows. */
export const CURVE_COLORS: readonly string[] = [
  "#3b82f6",
  "#dd6810",
  "#20996a",
  "#d6409f",
  "#8e6cef",
  "#b28600",
  "#0c97a7",
  "#e5484d",
  "#7d8794",
  "#a0704a",
];

/** How lines are broken that share a colour, in pixels of line and gap by turns: the first of each colour isn't. */
export const CURVE_DASHES: readonly (readonly number[])[] = [[], [5, 3], [1.5, 3]];
