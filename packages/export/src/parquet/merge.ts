import { LazyrunsError } from "@lazyruns/core";
import { type Rows, slice } from "./columns.ts";
import { placeOf, sortBySteps } from "./steps.ts";
import type { Unit } from "./unit.ts";

/** Rows of a unit that are at hand, in the order of their steps. */
interface Head {
  readonly unit: Unit;
  readonly rows: Rows;
  readonly steps: Float64Array;
  at: number;
}

/** Which steps are wanted. */
export interface StepRange {
  /** The first that is. */
  readonly min: number;
  /** The first that isn't any more; undefined: all are, and the rows without one. */
  readonly below: number | undefined;
}

/**
 * The rows of all units in the order of their steps, those of one step in the units' order. A unit is decoded when the
 * rows before its first step are given: of files that follow one another, one unit is at hand and the next on its way.
 *
 * @throws LazyrunsError for a unit whose rows have other steps than its statistics say
 */
export async function* merge(
  units: readonly Unit[],
  { min, below }: StepRange,
  decode: (unit: Unit) => Promise<Rows>,
): AsyncGenerator<Rows, void, undefined> {
  const waiting = [...units].sort(byFirstStep);
  const heads: Head[] = [];
  let ahead: Promise<Rows> | undefined;
  const openNext = async () => {
    const unit = waiting.shift() as Unit;
    const decoding = ahead ?? decode(unit);
    ahead = undefined;
    const decoded = await decoding;
    const next = waiting[0];
    if (next !== undefined) {
      ahead = decode(next);
      ahead.catch(() => undefined); // it is told when it is asked for
    }
    const { rows, steps } = sortBySteps(decoded);
    checkSteps(unit, steps);
    const at = placeOf(steps, min);
    if (at < steps.length) heads.push({ unit, rows, steps, at });
  };
  while (heads.length > 0 || waiting.length > 0) {
    const first = firstOf(heads);
    const next = waiting[0];
    if (next !== undefined && (first === undefined || !isBefore(first, next))) {
      await openNext();
      continue;
    }
    const head = first as Head;
    const turn = endOf(head, heads, next);
    const end = below === undefined ? turn : Math.min(turn, placeOf(head.steps, below, head.at));
    if (end === head.at) break; // all that is left is beyond the range
    yield slice(head.rows, head.at, end);
    head.at = end;
    if (end === head.steps.length) heads.splice(heads.indexOf(head), 1);
  }
}

/** The order in which units are decoded. */
export function byFirstStep(a: Unit, b: Unit): number {
  return a.steps.min === b.steps.min ? a.order - b.order : a.steps.min - b.steps.min;
}

function stepAt({ steps, at }: Head): number {
  return steps[at] as number;
}

function firstOf(heads: readonly Head[]): Head | undefined {
  let first: Head | undefined;
  for (const head of heads) {
    if (first === undefined || isBelow(head, first)) first = head;
  }
  return first;
}

function isBelow(a: Head, b: Head): boolean {
  return stepAt(a) < stepAt(b) || (stepAt(a) === stepAt(b) && a.unit.order < b.unit.order);
}

/** Whether the row comes before all rows of a unit that isn't decoded yet. */
function isBefore(head: Head, unit: Unit): boolean {
  const step = stepAt(head);
  return step < unit.steps.min || (step === unit.steps.min && head.unit.order < unit.order);
}

/** Up to where the rows at hand come before all others. */
function endOf(head: Head, heads: readonly Head[], next: Unit | undefined): number {
  let end = head.steps.length;
  const cut = (step: number, order: number) => {
    end = Math.min(end, placeOf(head.steps, step, head.at, head.unit.order < order));
  };
  for (const other of heads) if (other !== head) cut(stepAt(other), other.unit.order);
  if (next !== undefined) cut(next.steps.min, next.order);
  return end;
}

function checkSteps({ file, steps: { min, max } }: Unit, steps: Float64Array): void {
  const first = steps[0] ?? min;
  const last = steps.at(-1) ?? max;
  if (first >= min && last <= max) return;
  throw new LazyrunsError(
    `${file.stored.name.label} contradicts itself: by its statistics it has the steps ${min} to ${max}, and a row has ` +
      `${first < min ? first : last}.`,
    { operation: "reading an exported history" },
  );
}
