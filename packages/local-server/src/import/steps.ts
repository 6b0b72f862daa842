import { members } from "@lazyruns/json";
import { treeText } from "../wandb-file/json-tree.ts";

const STEP = "_step";

/** The `_step` of a JSON object, where it is a number. */
export function stepOf(text: string): number | undefined {
  const raw = members(text).find(([key]) => key === STEP)?.[1];
  const step = Number(raw ?? Number.NaN);
  return Number.isFinite(step) ? step : undefined;
}

/** The step with which W&B's client goes on: after the summary's, the last row's, and the number of rows. */
export function nextStep(summary: string, lastRow: string, rows: number): number {
  return Math.max(stepOf(summary) ?? -1, stepOf(lastRow) ?? -1, rows - 1) + 1;
}

/** A JSON object with a greater `_step`, and all else to the letter. */
export function shiftStep(text: string, shift: number): string {
  const step = stepOf(text);
  if (step === undefined) return text;
  return treeText(new Map(members(text)).set(STEP, String(step + shift)));
}

/** The members of two JSON objects; where both have one, the later one's. */
export function mergeObjects(earlier: string, later: string): string {
  return treeText(new Map([...members(earlier), ...members(later)]));
}
