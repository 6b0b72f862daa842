import { expect, test } from "vitest";
import { drawState } from "../grid/paint/state-icon.ts";
import type { GridTheme } from "../grid/theme.ts";
import { STATES } from "../panel/states.ts";
import { stateIcon } from "./state-icon.ts";

/** The parts of a state's icon as the page draws them: color, and where. */
function onPage(state: string): string[] {
  return [...stateIcon(state).children].map((part) => {
    const place = part.getAttribute("points") ?? `r ${part.getAttribute("r")}`;
    const way = part.getAttribute("fill") === "none" ? "stroke" : "fill";
    return `${way} ${part.getAttribute("class")?.replace("lr-state-", "")} ${place}`;
  });
}

/** And as the canvas does. */
function onCanvas(state: string): string[] {
  const parts: string[] = [];
  let places: string[] = [];
  const gc = {
    strokeStyle: "",
    fillStyle: "",
    setLineDash: () => {},
    closePath: () => {},
    beginPath: () => (places = []),
    arc: (_x: number, _y: number, radius: number) => places.push(`r ${radius}`),
    moveTo: (x: number, y: number) => places.push(`${x},${y}`),
    lineTo: (x: number, y: number) => places.push(`${x},${y}`),
    stroke: () => parts.push(`stroke ${gc.strokeStyle} ${places.join(" ")}`),
    fill: () => parts.push(`fill ${gc.fillStyle} ${places.join(" ")}`),
  };
  const theme = new Proxy({}, { get: (_, name) => name }) as GridTheme;
  drawState(gc as never, state, 0, 0, theme);
  return parts;
}

test("a state looks the same on the page and on a canvas", () => {
  for (const state of [...STATES, "", "__proto__"]) expect(onCanvas(state)).toEqual(onPage(state));
});

test("states are told apart by their form, and not by a color alone", () => {
  const forms = ["running", "finished", "failed", "crashed", "killed", "pending", "preempted", "other"].map(
    (state) =>
      onPage(state)
        .map((part) => part.replace(/ [a-z]+ /, " "))
        .join("; "),
  );
  expect(new Set(forms).size).toBe(forms.length);
});
