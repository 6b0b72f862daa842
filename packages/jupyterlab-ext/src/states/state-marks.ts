/** The colors of the theme that a state's icon is drawn in. */
export type StateColor = "success" | "info" | "error" | "warn" | "muted" | "background";

type Points = readonly (readonly [number, number])[];

/** A part of an icon around (0, 0), in pixels: filled or drawn as a line of the width `LINE_WIDTH`. */
export type StateMark = { readonly color: StateColor } & (
  | { readonly kind: "disc" | "ring"; readonly radius: number }
  | { readonly kind: "shape" | "line"; readonly points: Points }
);

/** How wide a state's icon is, in pixels. */
export const STATE_ICON = 14;
export const LINE_WIDTH = 1.6;

const disc = (color: StateColor): StateMark => ({ kind: "disc", color, radius: 6.5 });
const ring = (color: StateColor): StateMark => ({ kind: "ring", color, radius: 5.7 });
const line = (color: StateColor, ...points: Points): StateMark => ({ kind: "line", color, points });
const shape = (color: StateColor, ...points: Points): StateMark => ({ kind: "shape", color, points });

const OTHER = [ring("muted")];
const PAUSE = [ring("warn"), line("warn", [-1.8, -2], [-1.8, 2]), line("warn", [1.8, -2], [1.8, 2])];

const MARKS: Readonly<Record<string, readonly StateMark[]>> = {
  finished: [disc("success"), line("background", [-3, 0.2], [-0.8, 2.4], [3.2, -2.2])],
  running: [ring("info"), shape("info", [-1.8, -3], [3, 0], [-1.8, 3])],
  failed: [
    disc("error"),
    line("background", [-2.4, -2.4], [2.4, 2.4]),
    line("background", [-2.4, 2.4], [2.4, -2.4]),
  ],
  crashed: [
    shape("error", [0, -6], [6.4, 5], [-6.4, 5]),
    line("background", [0, -2.2], [0, 1]),
    line("background", [0, 3.2], [0, 3.2]),
  ],
  killed: [ring("warn"), shape("warn", [-2.2, -2.2], [2.2, -2.2], [2.2, 2.2], [-2.2, 2.2])],
  pending: [ring("muted"), line("muted", [0, -3.2], [0, 0], [2.4, 1.4])],
  preempting: PAUSE,
  preempted: PAUSE,
};

/** What the icon of a run's state is made of: each state has a form of its own, and not a color alone. */
export function marksOf(state: string): readonly StateMark[] {
  return (Object.hasOwn(MARKS, state) && MARKS[state]) || OTHER;
}
