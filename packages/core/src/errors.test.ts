import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { LazyrunsError, NetworkError, NotFoundError } from "./errors.ts";

test("carry what failed, on what, and why", () => {
  const cause = new Error("underneath");
  const error = new NotFoundError("no", {
    operation: "listing",
    entity: "e",
    project: "p",
    run: "r",
    status: 404,
    tries: 2,
    cause,
  });
  expect(error).toMatchObject({
    name: "NotFoundError",
    operation: "listing",
    entity: "e",
    project: "p",
    run: "r",
    status: 404,
    tries: 2,
    cause,
  });
});

test("are told apart by instanceof", () => {
  const error: unknown = new NotFoundError("no");
  expect(error instanceof LazyrunsError).toBe(true);
  expect(error instanceof NotFoundError).toBe(true);
  expect(error instanceof NetworkError).toBe(false);
  expect(new Error("other") instanceof LazyrunsError).toBe(false);
  expect((null as unknown) instanceof LazyrunsError).toBe(false);
});

test("of another copy of the library are recognised", async () => {
  vi.resetModules();
  const copy = await import("./errors.ts");
  expect(copy.NotFoundError).not.toBe(NotFoundError);
  const error: unknown = new copy.NotFoundError("no");
  expect(error instanceof NotFoundError).toBe(true);
  expect(error instanceof LazyrunsError).toBe(true);
  expect(error instanceof NetworkError).toBe(false);
});

test("of work on many runs hold what did arrive, without printing it, and name what is missing", () => {
  const partial = { rows: ["a row of a run"] };
  const error = new NetworkError("no", { partial, missing: ["run1", "run2"] });
  expect(error.partial).toBe(partial);
  expect(error.missing).toEqual(["run1", "run2"]);
  expect(inspect(error, { depth: null })).toContain("run1");
  expect(inspect(error, { depth: null })).not.toContain("a row");
  expect(JSON.stringify(error)).not.toContain("a row");
  const other = new NetworkError("no");
  expect(other.partial).toBeUndefined();
  expect(other.missing).toBeUndefined();
  expect(inspect(other)).not.toContain("missing");
});
