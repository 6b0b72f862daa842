import { type Domain, durationTexts, ticks } from "@lazyruns/curves";
import type { AxisKind } from "../model/x-axis.ts";
import { numberTexts } from "./number-texts.ts";
import { timeTexts } from "./time-text.ts";
import { lengthTicks, timeTicks } from "./time-ticks.ts";

/** Round places along an axis, about so many. */
export function axisTicks(domain: Domain, about: number, kind: AxisKind, log: boolean): number[] {
  if (log || kind === "number") return ticks(domain, about, log);
  return kind === "length" ? lengthTicks(domain, about) : timeTicks(domain, about);
}

/** What is written beside them. */
export function axisTexts(places: readonly number[], kind: AxisKind): string[] {
  if (kind === "length") return durationTexts(places);
  return kind === "time" ? timeTexts(places) : numberTexts(places);
}
