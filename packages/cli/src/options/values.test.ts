import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { names, wholeNumber } from "./values.ts";

describe("names", () => {
  test.each([
    ["loss", ["loss"]],
    ["loss,val/loss", ["loss", "val/loss"]],
    [" loss , val loss ", ["loss", "val loss"]],
    ['"a,b",c', ["a,b", "c"]],
    ['["a,b", "c"]', ["a,b", "c"]],
    ['say "x"', ['say "x"']],
  ])("%s", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test("are added to those of the same option before", () => {
    expect(names("c", names("a,b"))).toEqual(["a", "b", "c"]);
  });

  test.each(["", ",", "a,,b", "a,", "[1]", "[", '"",b'])("%j is refused", (text) => {
    expect(() => names(text)).toThrow();
  });

  test("any names come back from their JSON list", () => {
    const list = fc.array(fc.string({ minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(list, (each) => {
        expect(names(JSON.stringify(each))).toEqual(each);
      }),
    );
  });
});

test("whole numbers", () => {
  expect(wholeNumber(0)("12")).toBe(12);
  for (const text of ["", "-1", "1.5", "1e3", "0x1", "12a", "99999999999999999999"]) {
    expect(() => wholeNumber(0)(text)).toThrow(/whole number/);
  }
  expect(() => wholeNumber(1)("0")).toThrow(/at least 1/);
});
