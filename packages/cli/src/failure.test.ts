import {
  Api,
  AuthenticationError,
  ConfigurationError,
  InvalidArgumentError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "@lazyruns/core";
import { expect, test } from "vitest";
import { CommandError } from "./command-error.ts";
import { failureLines, failureOf } from "./failure.ts";

test.each([
  [new InvalidArgumentError("x"), 2],
  [new ConfigurationError("x"), 2],
  [new ConfigurationError("x", { operation: "finding the API key" }), 3],
  [new AuthenticationError("x"), 3],
  [new PermissionError("x"), 3],
  [new NotFoundError("x"), 4],
  [new NetworkError("x"), 5],
  [new TimeoutError("x"), 5],
  [new RateLimitError("x"), 5],
  [new ServerError("x", { status: 503 }), 5],
  [new ServerError("x", { status: 400 }), 1],
  [new ProtocolError("x"), 1],
  [new CommandError("x", 7), 7],
  [new TypeError("x"), 1],
])("%o ends the command with %i", (error, code) => {
  expect(failureOf(error).exitCode).toBe(code);
});

test("a missing key is told of in the command line's words", () => {
  const env = { ...process.env };
  for (const name of ["WANDB_API_KEY", "WANDB_BASE_URL"]) delete process.env[name];
  process.env.NETRC = "/nonexistent";
  process.env.WANDB_CONFIG_DIR = "/nonexistent";
  try {
    new Api({ baseUrl: "http://127.0.0.1:9" });
    expect.unreachable();
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    expect(exitCode).toBe(3);
    expect(message).toMatch(
      /^No API key for http:\/\/127\.0\.0\.1:9\. Looked in: WANDB_API_KEY, \/nonexistent/,
    );
    expect(message).toMatch(/Set WANDB_API_KEY or run `wandb login`\.$/);
  } finally {
    process.env = env;
  }
});

/** What is said of an error of the library, as it is now. */
function saidOf(work: (api: Api) => unknown): string | undefined {
  try {
    work(new Api({ apiKey: "k".repeat(40), baseUrl: "http://127.0.0.1:9" }));
  } catch (error) {
    return failureOf(error).message;
  }
  return expect.unreachable();
}

test("options are called as on the command line", () => {
  const message = (said: string) => failureOf(new InvalidArgumentError(said)).message;
  expect(message('filters has no field "x"')).toBe('--filter has no field "x"');
  expect(saidOf((api) => api.runs("a/b").scanHistories({ minStep: 5, maxStep: 3 }))).toMatch(
    /^--min-step is 5 and --max-step 3; --min-step must be the smaller one: --max-step is the first step/,
  );
  expect(saidOf(() => new Api({ apiKey: "k".repeat(40), baseUrl: "http://me:secret@127.0.0.1" }))).toMatch(
    /Set WANDB_API_KEY to the key instead\.$/,
  );
  expect(message("The base URL (from the baseUrl option) is bad")).toBe(
    "The base URL (from --base-url) is bad",
  );
});

test("what wasn't foreseen says so; the stack is shown when it is asked for", () => {
  const error = new TypeError("oh\u001b[31m");
  const { message = "" } = failureOf(error);
  expect(failureLines(error, message, false)).toMatch(
    /^lazyruns: TypeError: oh\\x1b\[31m\nThis was not foreseen/,
  );
  expect(failureLines(error, message, false)).not.toContain("failure.test");
  expect(failureLines(error, message, true)).toContain("failure.test");
});
