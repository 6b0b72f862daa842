import { expect, test } from "vitest";
import { askedWait, headersOf, retryAfter } from "./headers.ts";

test.each([
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:01:40 GMT" }, 50_000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:01:40 GMT", date: "Thu, 01 Jan 1970 00:01:30 GMT" }, 10_000],
  [{ "ratelimit-reset": "1.5" }, 1500],
  [{ "retry-after": "2", "ratelimit-reset": "9" }, 2000],
  [{ "retry-after": "soon", "ratelimit-reset": "9" }, 9000],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-1" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{ "retry-after": "Infinity" }, undefined],
  [{ "retry-after": "86400" }, 86_400_000],
  [{ "retry-after": "1e9" }, undefined],
  [{ "retry-after": "1767225600", "ratelimit-reset": "9" }, 9000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, undefined],
  [{ "ratelimit-reset": "1767225600" }, undefined],
  [{}, undefined],
])("%o asks for %s ms", (headers: Record<string, string>, expected) => {
  expect(askedWait((name) => headers[name], 50_000)).toBe(expected);
});

test("RateLimit-Reset alone asks for nothing outside a rate limit", () => {
  expect(retryAfter((name) => (name === "ratelimit-reset" ? "9" : undefined))).toBeUndefined();
});

test("of a header that was sent twice, the first counts", () => {
  const header = headersOf({ "retry-after": ["1", "2"] });
  expect(header("retry-after")).toBe("1");
  expect(header("date")).toBeUndefined();
});
