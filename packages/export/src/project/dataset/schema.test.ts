import { describe, expect, test } from "vitest";
import { type Field, nameColumns, uniteFields, uniteTypes } from "./schema.ts";

function named(...sources: string[]): Field[] {
  return sources.map((source) => ({ source, dtype: "float64" }));
}

describe("types and columns of several files", () => {
  test.each([
    ["int64", "int64", "int64"],
    ["int64", "float64", "float64"],
    ["null", "bool", "bool"],
    ["bool", "int64", "json"],
    ["utf8", "json", "json"],
    ["datetime", "utf8", "json"],
  ] as const)("%s and %s: %s", (a, b, both) => {
    expect(uniteTypes(a, b)).toBe(both);
    expect(uniteTypes(b, a)).toBe(both);
  });

  test("every column of any, sorted by name", () => {
    const one: Field[] = [
      { source: "b", dtype: "int64" },
      { source: "__proto__", dtype: "utf8" },
    ];
    expect(
      uniteFields(one, [
        { source: "b", dtype: "float64" },
        { source: "", dtype: "bool" },
      ]),
    ).toEqual([
      { source: "", dtype: "bool" },
      { source: "__proto__", dtype: "utf8" },
      { source: "b", dtype: "float64" },
    ]);
  });
});

describe("names that engines can tell apart", () => {
  const namesOf = (...given: Parameters<typeof nameColumns>) => nameColumns(...given).map(({ name }) => name);

  test("case alone tells nothing apart; a name that is taken is passed over", () => {
    expect(namesOf(named("LOSS", "Loss", "loss", "loss_2"))).toEqual([
      "LOSS",
      "Loss_2",
      "loss_3",
      "loss_2_2",
    ]);
    expect(namesOf(named("RUN_ID", "run_id"))).toEqual(["RUN_ID_2", "run_id_3"]);
  });

  test("names that were given earlier stay, whatever comes", () => {
    const before = nameColumns(named("Loss", "loss"));
    expect(namesOf(named("LOSS", "Loss", "loss"), undefined, before)).toEqual(["LOSS_3", "Loss", "loss_2"]);
  });

  test("half a surrogate pair is none of Parquet's", () => {
    expect(namesOf(named("a\ud83d", "a\ufffd"))).toEqual(["a\ufffd", "a\ufffd_2"]);
  });
});
