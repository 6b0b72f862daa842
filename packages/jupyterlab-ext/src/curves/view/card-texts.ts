import type { TranslationBundle } from "@jupyterlab/translation";
import { count, type Domain, numberText } from "@lazyruns/curves";
import type { NumberFormat } from "../../settings/view-settings.ts";
import { valueText } from "../axis/value-text.ts";
import type { Curves } from "../model/curves.ts";
import type { Hovered } from "../model/hovered.ts";
import { loggedWithin, type YWindow } from "../model/windows.ts";
import type { XAxis } from "../model/x-axis.ts";
import { cut } from "./cut.ts";
import { axisName, lineName } from "./names.ts";

/** How many curves are read aloud where the cursor is. */
const READ = 5;

/** Everything that a chart's texts are made with. */
export interface Wording {
  readonly trans: TranslationBundle;
  readonly format: NumberFormat;
  readonly x: XAxis;
}

/** Where along x something is: `Step 120`. */
export function placeText(value: number, { trans, format, x }: Wording): string {
  return `${cut(axisName(x.name, trans))} ${valueText(value, x.kind, format)}`;
}

/** A curve's value at a point: with smoothing also what was logged, of a group from where to where it goes. */
export function pointText({ curve, index }: Hovered, { trans, format }: Wording): string {
  const text = (values: Float64Array) => valueText(values[index] as number, "number", format);
  if (curve.low !== undefined && curve.high !== undefined) {
    return trans.__("%1 (%2 to %3)", text(curve.y), text(curve.low), text(curve.high));
  }
  return curve.raw === undefined ? text(curve.y) : `${text(curve.y)} (${text(curve.raw.y)})`;
}

/** A chart in one sentence: what it is called for who doesn't see it. @param window - the part of x that is shown */
export function chartText({ metric, curves }: Curves, window: Domain, wording: Wording): string {
  const { trans, x } = wording;
  if (curves.length === 0) return trans.__("%1: no values", cut(metric));
  const values = loggedWithin(curves, window);
  return [
    trans._n("%2: %3 line.", "%2: %3 lines.", curves.length, cut(metric), count(curves.length)),
    trans.__(
      "%1 from %2 to %3.",
      cut(axisName(x.name, trans)),
      ...window.map((value) => valueText(value, x.kind, "short")),
    ),
    values === undefined
      ? trans.__("No values there.")
      : trans.__("Values from %1 to %2.", ...values.map((value) => numberText(value))),
  ].join(" ");
}

/** What is said of the values at the cursor. */
export function cursorText(
  hovered: readonly Hovered[],
  lifted: string | undefined,
  wording: Wording,
): string {
  const { trans } = wording;
  const order = [...hovered].sort(
    (a, b) => Number(b.curve.key === lifted) - Number(a.curve.key === lifted) || b.y - a.y,
  );
  const said = order
    .slice(0, READ)
    .map((one) => `${cut(lineName(one.curve.label, trans))} ${pointText(one, wording)}`);
  const more = order.length - said.length;
  return [...said, ...(more > 0 ? [trans._n("and %2 more", "and %2 more", more, count(more))] : [])].join(
    ", ",
  );
}

/** What a chart leaves out, a sentence each. */
export function leftOutTexts(curves: Curves, { trans }: Wording): string[] {
  const { notFinite, notPositive } = curves;
  const texts: string[] = [];
  if (notFinite > 0) {
    texts.push(
      trans._n(
        "%2 value is NaN or infinite: its line has a gap there.",
        "%2 values are NaN or infinite: their lines have gaps there.",
        notFinite,
        count(notFinite),
      ),
    );
  }
  if (notPositive > 0) {
    texts.push(
      trans._n(
        "%2 value isn't above 0 and has no place on a logarithmic axis.",
        "%2 values aren't above 0 and have no place on a logarithmic axis.",
        notPositive,
        count(notPositive),
      ),
    );
  }
  return texts;
}

/** What is said of curves that are cut, because they go far beyond the others. */
export function beyondText({ beyond, reach }: YWindow, { trans }: Wording): string {
  const [from, to] = reach.map((value) => numberText(value)) as [string, string];
  return trans._n(
    "%4 line goes far beyond this axis (from %2 to %3).",
    "%4 lines go far beyond this axis (from %2 to %3).",
    beyond,
    from,
    to,
    count(beyond),
  );
}
