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
