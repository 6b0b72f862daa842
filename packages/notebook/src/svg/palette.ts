import { CURVE_COLORS, CURVE_DASHES } from "@lazyruns/curves";

/** The colour of a curve by its number. */
export function curveColor(index: number): string {
  return CURVE_COLORS[index % CURVE_COLORS.length] as string;
}

/** How the line of a curve is broken, as SVG has it; undefined: it isn't. */
export function curveDash(index: number): string | undefined {
  return CURVE_DASHES[dashOf(index)]?.join(" ") || undefined;
}

/** A piece of a curve's line in text, for a legend. */
export function curveSample(index: number): string {
  return ["━━", "╍╍", "┅┅"][dashOf(index)] as string;
}

function dashOf(index: number): number {
  return Math.floor(index / CURVE_COLORS.length) % CURVE_DASHES.length;
}

const STATES: Readonly<Record<string, string>> = {
  running: "#3b82f6",
  finished: "#20996a",
  failed: "#e5484d",
  crashed: "#dd6810",
  killed: "#7d8794",
  pending: "#b28600",
};

/** The colour of a state's dot; grey for one that isn't known. */
export function stateColor(state: string): string {
  return Object.hasOwn(STATES, state) ? (STATES[state] as string) : "#7d8794";
}
