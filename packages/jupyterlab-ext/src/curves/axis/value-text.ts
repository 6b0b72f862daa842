import { durationText, numberText } from "@lazyruns/curves";
import type { NumberFormat } from "../../settings/view-settings.ts";
import type { AxisKind } from "../model/x-axis.ts";
import { timeText } from "./time-text.ts";

/** A value of a curve, or of x, as people set numbers to be shown. */
export function valueText(value: number, kind: AxisKind, format: NumberFormat): string {
  if (kind === "time") return timeText(value);
  if (kind === "length") return durationText(value);
  return numberText(value, format);
}
