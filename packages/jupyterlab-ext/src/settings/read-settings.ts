import { PALETTES, type PaletteName } from "../colors/palette.ts";
import { DEFAULT_SETTINGS, type ViewSettings } from "./view-settings.ts";

/** The most that `smoothing` may be, and the least and most rows of a page, as in `schema/plugin.json`. */
const MOST_SMOOTHING = 0.99;
const LEAST_ROWS = 3;
const MOST_ROWS = 200;

/**
 * Checks settings: what makes no sense is as if it weren't set.
 *
 * @param given - what is set, by name
 * @param warn - told in a sentence of each value that makes no sense
 */
export function readSettings(
  given: Readonly<Record<string, unknown>>,
  warn: (problem: string) => void,
): ViewSettings {
  function read<Name extends keyof ViewSettings>(
    name: Name,
    isFit: (value: unknown) => boolean,
    must: string,
  ): ViewSettings[Name] {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) return DEFAULT_SETTINGS[name];
    if (isFit(value)) return value as ViewSettings[Name];
    warn(`Lazyruns: the setting ${name} must be ${must}, and is taken as if it weren't set.`);
    return DEFAULT_SETTINGS[name];
  }
  return {
    columns: read("columns", isNames, "a list of names"),
    smoothing: read("smoothing", isWithin(0, MOST_SMOOTHING), `a number from 0 to ${MOST_SMOOTHING}`),
    rowsPerPage: read(
      "rowsPerPage",
      (value) => Number.isSafeInteger(value) && isWithin(LEAST_ROWS, MOST_ROWS)(value),
      `a whole number from ${LEAST_ROWS} to ${MOST_ROWS}`,
    ),
    numberFormat: read("numberFormat", (value) => value === "short" || value === "full", "“short” or “full”"),
    palette: read("palette", isPalette, "“colorblind” or “static”"),
  };
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function isWithin(least: number, most: number): (value: unknown) => boolean {
  return (value) => typeof value === "number" && value >= least && value <= most;
}

function isPalette(value: unknown): value is PaletteName {
  return typeof value === "string" && Object.hasOwn(PALETTES, value);
}
