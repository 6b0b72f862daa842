/** Colours of curves: each has a contrast of 3 at least on white, on near black and on striped rows. */
const CURVES = [
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
] as const;

/** The colour of a curve by its number. */
export function curveColor(index: number): string {
  return CURVES[index % CURVES.length] as string;
}

/** How lines are broken that share a colour, as SVG has it: the first of each colour isn't. */
const DASHES = [undefined, "5 3", "1.5 3"] as const;

/** How the line of a curve is broken; undefined: it isn't. */
export function curveDash(index: number): string | undefined {
  return DASHES[Math.floor(index / CURVES.length) % DASHES.length];
}

/** A piece of a curve's line in text, for a legend. */
export function curveSample(index: number): string {
  return ["━━", "╍╍", "┅┅"][DASHES.indexOf(curveDash(index) as (typeof DASHES)[number])] as string;
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
