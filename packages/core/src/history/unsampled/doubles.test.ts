import { expect, it } from "vitest";
import { buildChunk } from "../table/build-chunk.ts";
import { doublesIn } from "./doubles.ts";

const doubles = (exported: object[], live: object[]) => [
  ...doublesIn([buildChunk(exported as never[])], buildChunk(live as never[])),
];

it("finds live rows that are the same as an exported one of their step", () => {
  const exported = [
    { _step: 1, loss: 0.5, text: "a" },
    { _step: 2, loss: 0.5, text: "a" },
  ];
  const live = [
    { _step: 1, loss: 0.5, text: "b" },
    { _step: 2, loss: 0.5, text: "a" },
    { _step: 3, loss: 0.5, text: "a" },
  ];
  expect(doubles(exported, live)).toEqual([1]);
});

it("takes values for the same that a file can't tell apart", () => {
  const nested = { a: 1, b: { c: [1, 2] } };
  const exported = [{ _step: 1, loss: Math.fround(0.1), odd: Number.NaN, none: null, nested }];
  const live = [{ _step: 1, loss: 0.1, odd: Number.NaN, nested: { b: { c: [1, 2], gone: null }, a: 1 } }];
  expect(doubles(exported, live)).toEqual([0]);
  expect(doubles([{ _step: 1, big: 2n ** 60n }], [{ _step: 1, big: 2n ** 60n + 1n }])).toEqual([]);
  expect(doubles([{ _step: 1, big: Number.NaN }], [{ _step: 1, big: 2n ** 60n }])).toEqual([]);
  expect(doubles([{ _step: 1, flag: true }], [{ _step: 1, flag: 1 }])).toEqual([]);
  expect(doubles([{ _step: 1, zero: 0 }], [{ _step: 1, zero: -0 }])).toEqual([0]);
});

it("finds one for each exported row", () => {
  const row = { _step: 7, loss: 1 };
  expect(doubles([row, row], [row, row, row])).toEqual([0, 1]);
});

it("takes a value for another than none, in columns that one of them lacks", () => {
  expect(doubles([{ _step: 1, loss: 2 }], [{ _step: 1, loss: 2, acc: 3 }])).toEqual([]);
  expect(doubles([{ _step: 1, loss: 2, acc: 3 }], [{ _step: 1, loss: 2 }])).toEqual([]);
  expect(doubles([{ _step: 1, loss: 2 }], [{ _step: 1, acc: 3 }])).toEqual([]);
  expect(doubles([{ _step: 1, loss: 2 }], [{ _step: 1, loss: 2, acc: null }])).toEqual([0]);
});
