import { counted, numberText } from "../bundle/format.ts";
import type { Charts } from "../curves/charts.ts";
import { printable } from "./printable.ts";
import { sparkText } from "./spark.ts";
import { textTable } from "./text-table.ts";

/** How many curves of a metric are drawn in text. */
const MOST_LINES = 10;

/** Curves in text: a line each, with its first and last value. */
export function chartsText({ charts }: Charts): string[] {
  return charts.flatMap(({ metric, curves, curvesLeftOut }) => {
    const shown = curves.slice(0, MOST_LINES);
    const rest = curves.length - shown.length + curvesLeftOut;
    const { lines } = textTable([
      { name: metric, cells: shown.map(({ label }) => label) },
      { name: "curve", cells: shown.map(({ y }) => sparkText(y)) },
      { name: "first", cells: shown.map(({ y }) => numberText(y[0] as number)), right: true },
      { name: "last", cells: shown.map(({ y }) => numberText(y.at(-1) as number)), right: true },
    ]);
    return [...lines, ...(rest > 0 ? [printable(`${counted(rest, "more curve")}.`)] : [])];
  });
}
