import { InvalidArgumentError } from "@lazyruns/core";
import { expect, test } from "vitest";
import { checkFrameOptions } from "./options.ts";

test.each([
  {},
  { datetimes: true },
  { datetimes: ["a"], nested: "struct", onWarning: () => undefined },
  { datetimes: undefined, nested: undefined, onWarning: undefined },
  { keys: ["loss"], format: "arrow" },
])("%j is fine", (options) => {
  expect(() => checkFrameOptions(options)).not.toThrow();
});

test.each([
  [null, "options is null; it must be an object"],
  ["polars", 'options is "polars"; it must be an object'],
  [{ datetimes: "at" }, 'datetimes is "at"; it must be true, false or a list of columns'],
  [{ datetimes: [1] }, "datetimes is [1]; it must be"],
  [{ nested: "structs" }, 'nested is "structs"; it must be "json" or "struct".'],
  [{ nested: null }, "nested is null;"],
  [{ onWarning: "log" }, 'onWarning is "log"; it must be a function that takes a warning.'],
])("%j is refused", (options, message) => {
  expect(() => checkFrameOptions(options)).toThrow(InvalidArgumentError);
  expect(() => checkFrameOptions(options)).toThrow(message);
});
