import type { PaletteName } from "./palette.ts";

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
