import { nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import { leftOutTexts } from "./card-texts.ts";

test("counts of thousands have commas in what a chart says it leaves out", () => {
  const trans = nullTranslator.load("lazyruns");
  const curves = { metric: "loss", curves: [], notFinite: 1, notPositive: 12_345 };
  const x = { name: null, values: [], kind: "number" } as never;
  expect(leftOutTexts(curves, { trans, format: "short", x })).toEqual([
    "1 value is NaN or infinite: its line has a gap there.",
    "12,345 values aren't above 0 and have no place on a logarithmic axis.",
  ]);
});
