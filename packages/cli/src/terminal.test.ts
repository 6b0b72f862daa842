import { expect, test } from "vitest";
import { wantsColor } from "./terminal.ts";

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  [false, { CI: "true" }, false],
])("terminal %s with %j: %s", (isTTY, env, expected) => {
  expect(wantsColor({ isTTY } as never, env)).toBe(expected);
});
