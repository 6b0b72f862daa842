/** The palettes that people can choose from: one that is safe for colour blindness, and that of the static pictures. */
export type PaletteName = "colorblind" | "static";
