/** Steps from `start` to just before `end`. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Steps beyond it aren't told apart by numbers; it is the largest that reads back from JSON as one. */
export const STEPS_END = Number.MAX_SAFE_INTEGER;

/** Cuts a window at some of its steps; steps that aren't inside it cut nothing. */
export function cutAt({ start, end }: Window, steps: Iterable<number>): Window[] {
  const inside = [...new Set(steps)].filter((step) => step > start && step < end).sort((a, b) => a - b);
  const bounds = [start, ...inside, end];
  return inside.concat(end).map((bound, index) => ({ start: bounds[index] as number, end: bound }));
}

/** The window in two halves; itself when it is a single step. */
export function halves(window: Window): Window[] {
  return cutAt(window, [middleOf(window)]);
}

/** The step in the middle. */
export function middleOf({ start, end }: Window): number {
  return start + Math.floor((end - start) / 2);
}
