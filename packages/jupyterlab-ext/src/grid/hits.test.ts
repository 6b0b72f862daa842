import { nullTranslator } from "@jupyterlab/translation";
import { expect, test, vi } from "vitest";
import type { GridOptions } from "./grid-options.ts";
import { GridState } from "./grid-state.ts";
import { Hits } from "./hits.ts";
import { Places } from "./place.ts";

test("whether a row can be opened is asked wherever the pointer moves, and its page isn't made for that", () => {
  const values = ["one", "two"];
  const state = new GridState(() => true);
  state.setData({
    columns: [
      { key: "name", name: "Name", origin: "", kind: "text", values, isShown: true, canBeAlike: false },
    ],
    ids: ["a", "b"],
  });
  const pageOf = vi.fn();
  const options: GridOptions = {
    trans: nullTranslator.load("lazyruns"),
    label: "Runs",
    counted: String,
    countedOf: String,
    searchLabel: "Search",
    isOfRuns: true,
    nameKey: "name",
    swatch: undefined,
    hasPage: (id) => id === "a",
    pageOf,
    isFrozen: () => true,
  };
  const hits = new Hits(state, options, new Places(state.view, true));
  const at = (row: number, x: number) => hits.isOpenButton({ row, column: 0, x, width: 200 });
  expect([at(0, 190), at(1, 190), at(0, 20), at(-1, 190)]).toEqual([true, false, false, false]);
  expect(pageOf).not.toHaveBeenCalled();
});
