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

/** The runs that have asked for a colour in this page, each with its number. */
export type RunNumbers = Map<string, number>;

/**
 * Colours of one output's runs. A run's colour goes by the order in which the page's runs first asked for one, and so is
 * the same in every output. Lines are broken only where the output has runs of the same colour: by the order in which
 * they asked in it.
 *
 * @param numbers - the page's; not given: of this output alone
 * @example
 * const colors = createRunColors();
 * colors.look("a1b2", "colorblind"); // { color: "#5089fc", dash: [] }
 */
export function createRunColors(numbers: RunNumbers = new Map()): RunColors {
  const looks = new Map<PaletteName, Map<string, RunLook>>();
  const used = new Map<string, number>();

  const newLook = (runId: string, palette: PaletteName): RunLook => {
    const number = numbers.get(runId) ?? numbers.size;
    numbers.set(runId, number);
    const colors = PALETTES[palette];
    const color = colors[number % colors.length] as string;
    const place = `${palette} ${color}`;
    const before = used.get(place) ?? 0;
    used.set(place, before + 1);
    return { color, dash: DASHES[before % DASHES.length] as readonly number[] };
  };

  return {
    look(runId, palette) {
      const known = looks.get(palette) ?? new Map<string, RunLook>();
      looks.set(palette, known);
      const look = known.get(runId) ?? newLook(runId, palette);
      known.set(runId, look);
      return look;
    },
  };
}
