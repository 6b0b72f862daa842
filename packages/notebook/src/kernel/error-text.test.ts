import { inspect } from "node:util";
import { NetworkError, NotFoundError, ServerError } from "@lazyruns/core";
import { expect, test } from "vitest";
import "../index.ts";
import { fakeKernel } from "../testing/fake-kernel.ts";
import { errorText } from "./error-text.ts";

test("says what happened, why, and what is missing, without a stack", () => {
  const missing = ["a", "b", "c", "d", "e", "f", "g"];
  const cause = new NetworkError("The connection broke.", { cause: new Error("read ECONNRESET") });
  const error = new ServerError("Some histories failed.", { missing, partial: [], cause });
  expect(errorText(error)).toBe(
    [
      "ServerError: Some histories failed.",
      "  missing: a, b, c, d, e and 2 more",
      "  What did arrive is in the error's `partial`.",
      "  caused by NetworkError: The connection broke.",
      "  caused by Error: read ECONNRESET",
    ].join("\n"),
  );
});

test("doesn't go round in a circle of causes", () => {
  const error = new ServerError("no");
  Object.defineProperty(error, "cause", { value: error });
  expect(errorText(error)).toBe("ServerError: no");
});

test("Deno's kernel reads a short stack, and the whole one is kept; elsewhere it is as ever", () => {
  const plain = new NotFoundError("gone");
  expect(plain.stack).toContain("error-text.test.ts");
  expect(inspect(plain)).toContain("error-text.test.ts");
  fakeKernel();
  const short = new NotFoundError("gone") as NotFoundError & { fullStack: string };
  expect(short.stack).toBe("NotFoundError: gone");
  expect(short.fullStack).toContain("error-text.test.ts");
});
