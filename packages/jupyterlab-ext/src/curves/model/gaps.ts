import type { Rows } from "@lazyruns/curves";
import type { Cell } from "../../data/runs-data.ts";
import type { XAxis } from "./x-axis.ts";

/** What can't be drawn of a curve. */
export interface Gaps {
  /** Where along x, in order: a line is broken there. */
  readonly at: Float64Array;
  /** How many values were logged that are no finite number. */
  readonly notFinite: number;
  /** How many have no place on a logarithmic axis, because they or their x aren't above 0. */
  readonly notPositive: number;
}

/** What is asked of the rows of one run. */
export interface GapsQuestion {
  readonly values: Float64Array;
  /** As they were logged, which tells what is NaN from what isn't there; undefined: not known. */
  readonly cells: readonly Cell[] | undefined;
  readonly x: XAxis;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Where a run's rows hold a value that can't be drawn: NaN, the infinities, and what isn't above 0 on a logarithmic axis. */
export function gapsOf({ values, cells, x, logX, logY }: GapsQuestion, rows: readonly Rows[]): Gaps {
  const at: number[] = [];
  let notFinite = 0;
  let notPositive = 0;
  let row = 0;
  for (const { start, end } of rows) {
    for (let index = start; index < end; index++, row++) {
      const value = values[index] as number;
      const place = x.values === undefined ? row : (x.values[index] as number);
      const isLogged = !Number.isNaN(value) || (cells?.[index] ?? null) !== null;
      if (!isLogged || Number.isNaN(place)) continue;
      if (!Number.isFinite(value) || !Number.isFinite(place)) notFinite++;
      else if ((logY && value <= 0) || (logX && place <= 0)) notPositive++;
      else continue;
      at.push(place);
    }
  }
  return { at: Float64Array.from(at).sort(), notFinite, notPositive };
}
