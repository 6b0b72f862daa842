import type { Domain } from "@lazyruns/curves";
import type { Curve } from "../model/curves.ts";
import { nextX } from "../model/hovered.ts";

/** What a key does to a chart. */
export type KeyAction =
  | { readonly do: "move"; readonly x: number }
  | { readonly do: "lift"; readonly by: 1 | -1 }
  | { readonly do: "zoom"; readonly x: Domain }
  | { readonly do: "reset" };

/** Where a chart is when a key is pressed. */
export interface KeyPlace {
  readonly curves: readonly Curve[];
  /** The part of x that is shown. */
  readonly window: Domain;
  readonly cursor: number | undefined;
  readonly logX: boolean;
}

/** How much of a window a step of zooming leaves. */
const CLOSER = 0.6;

/** What a key does; undefined: nothing, and it is somebody else's. */
export function keyAction(key: string, { curves, window, cursor, logX }: KeyPlace): KeyAction | undefined {
  const [low, high] = window;
  const within = (x: number | undefined): KeyAction | undefined =>
    x === undefined || x < low || x > high ? undefined : { do: "move", x };
  switch (key) {
    case "ArrowRight":
      return cursor === undefined
        ? within(nextX(curves, before(low), true))
        : within(nextX(curves, cursor, true));
    case "ArrowLeft":
      return cursor === undefined
        ? within(nextX(curves, after(high), false))
        : within(nextX(curves, cursor, false));
    case "Home":
      return within(nextX(curves, before(low), true));
    case "End":
      return within(nextX(curves, after(high), false));
    case "ArrowUp":
      return { do: "lift", by: 1 };
    case "ArrowDown":
      return { do: "lift", by: -1 };
    case "+":
    case "=":
      return { do: "zoom", x: zoomed(window, cursor, CLOSER, logX) };
    case "-":
    case "_":
      return { do: "zoom", x: zoomed(window, cursor, 1 / CLOSER, logX) };
    case "0":
    case "Escape":
      return { do: "reset" };
    default:
      return undefined;
  }
}

function before(x: number): number {
  return x - Math.max(Math.abs(x) * 1e-12, Number.MIN_VALUE);
}

function after(x: number): number {
  return x + Math.max(Math.abs(x) * 1e-12, Number.MIN_VALUE);
}

/** A window that is closer or wider around the cursor, or else its middle, which stays where it is. */
function zoomed([low, high]: Domain, cursor: number | undefined, factor: number, log: boolean): Domain {
  const to = log ? Math.log : (value: number) => value;
  const back = log ? Math.exp : (value: number) => value;
  const [start, end] = [to(low), to(high)];
  const around = cursor === undefined ? start / 2 + end / 2 : to(Math.min(high, Math.max(low, cursor)));
  return [back(around - (around - start) * factor), back(around + (end - around) * factor)];
}
