import { expect, test } from "vitest";
import { InvalidArgumentError, NotFoundError } from "../errors.ts";
import { runServer } from "../testing/run-server.ts";
import type { RunProgress } from "./wait-until-finished.ts";

/** A run that has one state after another. */
const inTurn = (states: readonly (string | null)[]) =>
  runServer(({ number }) => ({ project: { run: { state: states[number - 1] } } }));

test.each(["finished", "failed", "crashed", "killed"])(
  "gives the state that a run ended in: %s",
  async (end) => {
    const states = ["pending", "running", null, "preempted", "something new", end];
    const { run, requests } = await inTurn(states);
    const seen: RunProgress[] = [];
    expect(await run.waitUntilFinished({ pollEvery: 1, onProgress: (progress) => seen.push(progress) })).toBe(
      end,
    );
    expect(seen).toEqual(states.map((state, index) => ({ state, polls: index + 1 })));
    expect(requests).toHaveLength(states.length);
    expect(run.state).toBe("running");
  },
);

test("asks once about a run that has ended", async () => {
  const { run, requests } = await inTurn(["finished"]);
  expect(await run.waitUntilFinished()).toBe("finished");
  expect(requests).toHaveLength(1);
});

test("ends at once when it is aborted during a pause", async () => {
  const { run, requests } = await inTurn(["running"]);
  const stop = new AbortController();
  const began = performance.now();
  const waiting = run.waitUntilFinished({
    signal: stop.signal,
    onProgress: () => setImmediate(() => stop.abort(new Error("enough"))),
  });
  await expect(waiting).rejects.toThrow("enough");
  expect(performance.now() - began).toBeLessThan(900); // the first pause is a second
  expect(requests).toHaveLength(1);
});

test("says that the run was deleted meanwhile", async () => {
  const { run } = await runServer(({ number }) => ({
    project: { run: number === 1 ? { state: "running" } : null },
  }));
  const error = await run.waitUntilFinished({ pollEvery: 1 }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ entity: "team", project: "digits", run: "abc" });
});

test("refuses a pause that is none", async () => {
  const { run, requests } = await inTurn([]);
  await expect(run.waitUntilFinished({ pollEvery: 0 })).rejects.toThrow(InvalidArgumentError);
  await expect(run.waitUntilFinished({ pollEvery: Number.POSITIVE_INFINITY })).rejects.toThrow(
    InvalidArgumentError,
  );
  expect(requests).toEqual([]);
});
