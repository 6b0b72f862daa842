import { expect, test } from "vitest";
import { contrast, distance, lightOf, seen, VISIONS } from "../testing/color-vision.ts";
import { DASHES, PALETTES } from "./palette.ts";
import { createRunColors } from "./run-colors.ts";

/** What curves and dots are drawn on: JupyterLab's light and dark pages and panels, and striped rows. */
const GROUNDS = ["#ffffff", "#f5f5f5", "#212121", "#111111", "#000000"].map(lightOf);

/** How far apart the two colours are that are nearest to one another. */
function nearest(colors: readonly string[], vision: string): number {
  const lights = colors.map((color) => seen(lightOf(color), VISIONS[vision] as (typeof VISIONS)[string]));
  return Math.min(...lights.flatMap((one, at) => lights.slice(0, at).map((other) => distance(one, other))));
}

test.each(Object.keys(VISIONS))("the default colours are told apart with %s", (vision) => {
  expect(nearest(PALETTES.colorblind, vision)).toBeGreaterThan(15);
});

test("the measure tells colours that a colour blindness makes nearly one", () => {
  const [red, green] = ["#d62728", "#6b8e23"];
  expect(nearest([red, green], "normal")).toBeGreaterThan(50);
  expect(nearest([red, green], "deuteranopia")).toBeLessThan(15);
});

test.each(PALETTES.colorblind.map((color) => [color]))("%s reads on light and on dark", (color) => {
  for (const ground of GROUNDS) expect(contrast(lightOf(color), ground)).toBeGreaterThanOrEqual(3);
});

test("a run keeps its look, and no two of the first runs share one", () => {
  const colors = createRunColors();
  const ids = ["b", "a", "__proto__", "constructor", "", ...Array.from({ length: 23 }, (_, n) => `run${n}`)];
  const looks = ids.map((id) => JSON.stringify(colors.look(id, "colorblind")));
  expect(new Set(looks).size).toBe(PALETTES.colorblind.length * DASHES.length);
  expect(ids.map((id) => JSON.stringify(colors.look(id, "colorblind")))).toEqual(looks);
  expect(colors.look("b", "static")).toEqual({ color: PALETTES.static[0], dash: [] });
});

test("a run has the same colour in every output, and an output's lines are broken only where colours are alike", () => {
  const numbers = new Map<string, number>();
  const count = PALETTES.colorblind.length;
  const first = createRunColors(numbers);
  const all = Array.from({ length: count + 2 }, (_, at) => first.look(`run${at}`, "colorblind"));
  expect(all.at(-1)).toEqual({ color: all[1]?.color, dash: DASHES[1] });

  const second = createRunColors(numbers);
  const later = second.look(`run${count + 1}`, "colorblind");
  expect(later).toEqual({ color: all[1]?.color, dash: [] });
  expect(second.look("run1", "colorblind")).toEqual({ color: all[1]?.color, dash: DASHES[1] });
  expect(second.look(`run${count + 1}`, "colorblind")).toEqual(later);
});
