import { nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import { beyondText, chartText, leftOutTexts, pointText, type Wording } from "./card-texts.ts";

const wording: Wording = {
  trans: nullTranslator.load(""),
  format: "full",
  x: { name: "_step", kind: "number", values: undefined },
};
const y = Float64Array.of(0.49937549603357184, 1.702135507151705e297);
const curve = {
  key: "a",
  label: "a",
  x: Float64Array.of(0, 1 / 3),
  y,
  raw: undefined,
  gaps: new Float64Array(),
};

test("sentences round numbers, whatever those of single values are", () => {
  const reach = [y[0] as number, y[1] as number] as const;
  expect(beyondText({ domain: [0, 1], beyond: 1, reach }, wording)).toContain("from 0.49938 to 1.7021e297");
  const curves = { metric: "loss", curves: [curve], notFinite: 0, notPositive: 0 };
  expect(chartText(curves, [0, 1 / 3], wording)).toBe(
    "loss: 1 line. Step from 0 to 0.33333. Values from 0.49938 to 1.7021e297.",
  );
  expect(pointText({ curve, index: 0, x: 0, y: 0 }, wording)).toBe("0.49937549603357184");
});

test("counts of thousands have commas in what a chart says it leaves out", () => {
  const curves = { metric: "loss", curves: [], notFinite: 1, notPositive: 12_345 };
  expect(leftOutTexts(curves, wording)).toEqual([
    "1 value is NaN or infinite: its line has a gap there.",
    "12,345 values aren't above 0 and have no place on a logarithmic axis.",
  ]);
});
