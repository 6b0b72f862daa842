import { DASHES, PALETTES, type PaletteName } from "./palette.ts";

/** How a run is drawn, wherever it is drawn. */
export interface RunLook {
  /** Of CSS. */
  readonly color: string;
  /** How its line is broken, as the canvas has it; empty: it isn't. Runs of one colour differ in it. */
  readonly dash: readonly number[];
}

/** Who gives runs their colours: the same one to a run in every table and chart of the page. */
export interface RunColors {
  look(runId: string, palette: PaletteName): RunLook;
}

/**
 * Colours in the order in which runs are first asked for. When a palette is used up it begins anew with broken lines.
 *
 * @example
 * const colors = createRunColors();
 * colors.look("a1b2", "colorblind"); // { color: "#5089fc", dash: [] }
 */
export function createRunColors(): RunColors {
  const numbers = new Map<string, number>();
  return {
    look(runId, palette) {
      const number = numbers.get(runId) ?? numbers.size;
      numbers.set(runId, number);
      const colors = PALETTES[palette];
      return {
        color: colors[number % colors.length] as string,
        dash: DASHES[Math.floor(number / colors.length) % DASHES.length] as readonly number[],
      };
    },
  };
}
