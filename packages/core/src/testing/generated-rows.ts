import type { Json, JsonObject } from "@lazyruns/json";
import fc from "fast-check";

/** Values as metrics have them, and the odd ones. */
export const metricValues: Record<string, fc.Arbitrary<Json>> = {
  step: fc.nat(),
  loss: fc.double(),
  wide: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(plain)),
  huge: fc.oneof(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(plain), fc.double()),
  flag: fc.boolean(),
  text: fc.string({ unit: "binary" }),
  word: fc.constantFrom("NaN", "Infinity", "-Infinity"),
  nothing: fc.constant(null),
  nested: fc.jsonValue({ maxDepth: 2 }).map((value) => [value] as Json),
  mixed: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constant<Json>({ a: [1] })),
};

const NAMES = ["a", "b", "_step", "train/loss", "é", "0", "__proto__", "toString", 'q"uote', "\ud800", ""];

/** Rows of one run: a kind of value a name, some of the names in each row, in any order. */
export const generatedRows: fc.Arbitrary<JsonObject[]> = fc
  .uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.tuple(...names.map(() => fc.constantFrom(...Object.values(metricValues)))),
    ),
  )
  .chain(([names, kinds]) =>
    fc.array(
      fc
        .tuple(
          fc.tuple(
            ...kinds.map((kind) =>
              fc.option(fc.oneof({ weight: 9, arbitrary: kind }, fc.constant(null)), {
                nil: undefined,
                freq: 5,
              }),
            ),
          ),
          fc.boolean(),
        )
        .map(([values, backwards]) => {
          const entries = names
            .map((name, index) => [name, values[index]] as const)
            .filter(([, value]) => value !== undefined);
          return Object.fromEntries(backwards ? entries.reverse() : entries) as JsonObject;
        }),
      { maxLength: 40 },
    ),
  );

function plain(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
