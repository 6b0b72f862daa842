import type { Domain } from "@lazyruns/curves";
import type { RunLook } from "../../colors/run-colors.ts";
import type { Metric } from "../../data/history-data.ts";
import type { Cell } from "../../data/runs-data.ts";
import type { Line } from "../model/lines.ts";
import type { Wording } from "./card-texts.ts";

/** What a chart shows. */
export interface CardModel {
  readonly metric: Metric;
  readonly cells: readonly Cell[] | undefined;
  readonly lines: readonly Line[];
  readonly lookOf: (key: string) => RunLook;
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The part of x that is shown; undefined: there is none. */
  readonly window: Domain | undefined;
  readonly isWhole: boolean;
  readonly asTable: boolean;
  readonly wording: Wording;
}

/** Whether a chart would look the same. */
export function isSameCard(a: CardModel | undefined, b: CardModel): boolean {
  if (a === undefined) return false;
  const { wording: one, window: from, ...rest } = a;
  const { wording: other, window: to, ...next } = b;
  const isSame = (Object.keys(rest) as (keyof typeof rest)[]).every((key) => rest[key] === next[key]);
  const isSameWindow = from?.[0] === to?.[0] && from?.[1] === to?.[1];
  const isSameX = one.x.values === other.x.values && one.x.name === other.x.name;
  return isSame && isSameWindow && isSameX && one.format === other.format;
}
