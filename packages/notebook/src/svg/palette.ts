/** Colours of curves: each reads on white and on near black (a contrast of 3 at least), told apart side by side. */
const CURVES = [
  "#3b82f6",
  "#e8701a",
  "#23a26d",
  "#d6409f",
  "#8e6cef",
  "#b28600",
  "#0d9fb0",
  "#e5484d",
  "#7d8794",
  "#a0704a",
] as const;

/** The colour of a curve by its number. */
export function curveColor(index: number): string {
  return CURVES[index % CURVES.length] as string;
}

/** All colours, in order. */
export const PALETTE: readonly string[] = CURVES;

const STATES: Readonly<Record<string, string>> = {
  running: "#3b82f6",
  finished: "#23a26d",
  failed: "#e5484d",
  crashed: "#e8701a",
  killed: "#7d8794",
  pending: "#b28600",
};

/** The colour of a state's dot; grey for one that isn't known. */
export function stateColor(state: string): string {
  return Object.hasOwn(STATES, state) ? (STATES[state] as string) : "#7d8794";
}
