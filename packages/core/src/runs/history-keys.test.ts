import { expect, test } from "vitest";
import { NotFoundError } from "../errors.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { operationOf } from "../testing/run-server.ts";
import type { Run } from "./run.ts";
import { Runs } from "./runs.ts";

const ids = Array.from({ length: 130 }, (_, index) => `r${index}`);

const KEYS = {
  lastStep: 30,
  keys: {
    loss: { typeCounts: [{ type: "number", count: 20 }], monotonic: false, previousValue: "NaN" },
    "a.b": { typeCounts: [{ type: "string", count: 2 }], monotonic: false },
    huge: { typeCounts: [{ type: "number", count: 1 }], monotonic: true, previousValue: 2 ** 40 },
    bare: null,
  },
  sets: [],
};

function answer({ variables, ...request }: FaultRequest, gone: readonly string[] = []): object {
  if (operationOf({ variables, ...request }) === "Runs") {
    const edges = ids.map((name) => ({ cursor: name, node: { name } }));
    return { project: { runCount: ids.length, runs: { edges, pageInfo: { hasNextPage: false } } } };
  }
  const asked = (JSON.parse(String(variables.filters)) as { name: { $in: string[] } }).name.$in;
  const nodes = asked
    .filter((name) => !gone.includes(name))
    .map((name) => ({ name, historyKeys: name === "r1" ? null : KEYS }));
  return { project: { runs: { edges: nodes.map((node) => ({ node })) } } };
}

async function open(handler = (request: FaultRequest) => answer(request) as object | undefined) {
  const requests: FaultRequest[] = [];
  const { service } = await faultServer(
    (request) => {
      if (operationOf(request) !== "Runs") requests.push(request);
      return handler(request);
    },
    { maxRetries: 0 },
  );
  const runs = await new Runs(service, "team", "digits").toArray();
  return { runs, requests, run: (index: number) => runs[index] as Run };
}

test("says what a history holds, and its last step", async () => {
  const { run, requests } = await open();
  const keys = await run(0).historyKeys();
  expect([...keys.keys()]).toEqual(["loss", "a.b", "huge", "bare"]);
  expect(keys.get("loss")).toEqual({
    typeCounts: [{ type: "number", count: 20 }],
    monotonic: false,
    lastValue: Number.NaN,
  });
  expect(keys.get("a.b")?.lastValue).toBeNull();
  expect(keys.get("huge")?.lastValue).toBe(2 ** 40);
  expect(keys.get("bare")).toEqual({ typeCounts: [], monotonic: null, lastValue: null });
  expect(await run(0).lastHistoryStep()).toBe(30);
  expect(requests).toHaveLength(1);
});

test("says that there is no history", async () => {
  const { run } = await open();
  expect((await run(1).historyKeys()).size).toBe(0);
  expect(await run(1).lastHistoryStep()).toBeNull();
});

test("asks for the runs of the same tick together, at most 100 a request, and remembers", async () => {
  const { runs, requests } = await open();
  const steps = await Promise.all(runs.map((run) => run.lastHistoryStep()));
  expect(steps.filter((step) => step === 30)).toHaveLength(ids.length - 1);
  expect(requests.map(({ variables }) => variables.first)).toEqual([100, 30]);
  await Promise.all(runs.map((run) => run.historyKeys()));
  expect(requests).toHaveLength(2);
});

test("names a run that was deleted, and gives the others", async () => {
  const { run } = await open((request) => answer(request, ["r2"]));
  const [kept, gone] = await Promise.allSettled([run(0).historyKeys(), run(2).historyKeys()]);
  expect(kept).toMatchObject({ status: "fulfilled" });
  expect(gone).toMatchObject({ reason: { name: "NotFoundError", run: "r2", project: "digits" } });
  expect((gone as PromiseRejectedResult).reason).toBeInstanceOf(NotFoundError);
});

test("asks anew after a failure", async () => {
  let broken = true;
  const { service } = await faultServer(
    (request, response) => {
      if (operationOf(request) === "Runs" || !broken) return answer(request);
      return void response.writeHead(400).end();
    },
    { maxRetries: 0 },
  );
  const run = (await new Runs(service, "team", "digits").at(0)) as Run;
  await expect(run.historyKeys()).rejects.toThrow("HTTP 400");
  broken = false;
  expect(await run.lastHistoryStep()).toBe(30);
});

test("a signal ends one wait, and not the others'", async () => {
  const { run } = await open();
  const stop = new AbortController();
  const [aborted, other] = [run(0).historyKeys({ signal: stop.signal }), run(0).historyKeys()];
  stop.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  expect((await other).size).toBe(4);
});

test("the request ends when the last who waits has gone, and a new one can be made at once", async () => {
  let isHeld = true;
  let ended = 0;
  const { service, requests } = await faultServer((request, response) => {
    if (operationOf(request) === "Runs" || !isHeld) return answer(request);
    response.on("close", () => ended++);
    return undefined;
  });
  const [one, other] = await new Runs(service, "team", "digits").slice(0, 2);
  const [first, second] = [new AbortController(), new AbortController()];
  const waits = [one?.historyKeys({ signal: first.signal }), other?.historyKeys({ signal: second.signal })];
  await expect.poll(() => requests.length).toBe(2);
  first.abort(new Error("first"));
  await expect(waits[0]).rejects.toThrow("first");
  expect(ended).toBe(0);
  second.abort(new Error("second"));
  await expect(waits[1]).rejects.toThrow("second");
  await expect.poll(() => ended).toBe(1);
  isHeld = false;
  expect((await one?.historyKeys())?.size).toBe(4);
});
