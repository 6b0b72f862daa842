import { InvalidArgumentError, type Runs } from "@lazyruns/core";
import { expect, test, vi } from "vitest";
import type { RunsOutput } from "./mime.ts";
import { fakeKernel } from "./testing/fake-kernel.ts";
import { runsServer } from "./testing/runs-server.ts";
import { watch } from "./watch.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";

/** A project of runs whose states a test changes, and the filters of the questions about it. */
async function project(states: Readonly<Record<string, string>>) {
  const runs = Object.entries(states).map(([id, state]) => ({ id, state }));
  const filters: unknown[] = [];
  const fault: { status?: number } = {};
  const api = await runsServer(runs, ({ variables }) => {
    filters.push(variables.filters);
    return fault.status;
  });
  const set = (id: string, state: string) => {
    const run = runs.find((known) => known.id === id);
    if (run !== undefined) run.state = state;
  };
  return { runs: api.runs("team/digits"), list: runs, filters, fault, set };
}

function statesIn(data: Readonly<Record<string, unknown>> | undefined): readonly unknown[] | undefined {
  const output = data?.[RUNS] as RunsOutput | undefined;
  return output?.columns.find(({ name }) => name === "state")?.values;
}

test("asks for what is under way alone, in one output, and returns when that has ended", async () => {
  const { runs, filters, set } = await project({ a: "running", b: "finished", c: "pending" });
  const outputs = fakeKernel();
  const watching = watch(runs, { every: 1 });
  await vi.waitFor(() => expect(filters.length).toBeGreaterThan(2));
  set("c", "crashed");
  await vi.waitFor(() => expect(filters.at(-1)).toBe('{"name":{"$in":["a"]}}'));
  set("a", "finished");
  await watching;
  expect(outputs).toHaveLength(1);
  expect(statesIn(outputs[0]?.data)).toEqual(["finished", "finished", "crashed"]);
  expect(new Set(filters)).toEqual(new Set(["{}", '{"name":{"$in":["a","c"]}}', '{"name":{"$in":["a"]}}']));
});

test("loads what the columns ask for, each time anew", async () => {
  const run = {
    id: "a",
    state: "running",
    heartbeatAt: "2026-11-20T10:12:05",
    summary: '{"loss":2}',
  };
  const api = await runsServer([run]);
  const outputs = fakeKernel();
  const losses = () => {
    const output = outputs[0]?.data[RUNS] as RunsOutput | undefined;
    return output?.columns.find(({ name }) => name === "loss")?.values;
  };
  const watching = watch(api.runs("team/digits"), { every: 1, columns: ["summary.loss"] });
  await vi.waitFor(() => expect(losses()).toEqual([2]));
  run.summary = '{"loss":1}';
  run.heartbeatAt = "2026-11-20T10:12:06";
  await vi.waitFor(() => expect(losses()).toEqual([1]));
  run.state = "finished";
  await watching;
});

test("asks once a round, and then for config, summary and histories of what was heard of since", async () => {
  const at = (second: number) => `2026-11-20T10:12:0${second}`;
  const history = [{ _step: 0, loss: 3 }];
  const summary = '{"best":3}';
  const a = { id: "a", state: "running", heartbeatAt: at(1), history, summary };
  const b = { ...a, id: "b" };
  const c = { ...a, id: "c", state: "finished" };
  const asked: string[] = [];
  const api = await runsServer([a, b, c], ({ query, variables }) => {
    const ids = JSON.parse(String(variables.filters)).name?.$in ?? ["all"];
    const has = (text: string) => query.includes(text);
    const what = [...(has("summaryMetrics") ? ["full"] : []), ...(has("sampledHistory") ? ["rows"] : [])];
    asked.push([...ids, ...what].join(" "));
    return undefined;
  });
  const outputs = fakeKernel();
  const runs = api.runs("team/digits");
  const watching = watch(runs, { every: 20, columns: ["summary.best"], keys: ["loss"] });
  const plainRound = "a b";
  const beyond = () => asked.filter((question) => question !== plainRound);
  await vi.waitFor(() => expect(asked.length - beyond().length).toBeGreaterThan(2));
  // The first run's rows tell how many runs a request can ask for.
  expect(beyond().sort()).toEqual(["a b c full", "a rows", "all", "b c rows"]);

  /** What is asked beyond the rounds once runs change, until it shows. */
  const askedFor = async (change: () => void, holds: (output: RunsOutput) => void) => {
    asked.length = 0;
    change();
    await vi.waitFor(() => holds(outputs[0]?.data[RUNS] as RunsOutput));
    return beyond();
  };
  const bests = (output: RunsOutput) => output.columns.find(({ name }) => name === "best")?.values;
  const one = await askedFor(
    () =>
      Object.assign(b, {
        heartbeatAt: at(2),
        summary: '{"best":2}',
        history: [...history, { _step: 1, loss: 2 }],
      }),
    (output) => expect([bests(output), output.histories?.totalRows]).toEqual([[3, 2, 3], 4]),
  );
  expect(one).toEqual(["b full", "b rows"]);
  const both = await askedFor(
    () => [a, b].map((run) => Object.assign(run, { heartbeatAt: at(3), summary: '{"best":1}' })),
    (output) => expect(bests(output)).toEqual([1, 1, 3]),
  );
  // How many runs a request for rows is about, core decides.
  expect(both).toContain("a b full");
  expect(both.join()).not.toContain("c");
  for (const run of [a, b]) run.state = "finished";
  await watching;
});

test("asks for histories without listing the runs again", async () => {
  const asked: string[] = [];
  const run = {
    id: "a",
    state: "running",
    heartbeatAt: "2026-11-20T10:12:05",
    history: [{ _step: 0, loss: 3 }],
  };
  const api = await runsServer([run, { ...run, id: "b" }], ({ query }) => {
    asked.push(query.includes("sampledHistory") ? "rows" : "list");
    if (asked.length === 3) run.heartbeatAt = "2026-11-20T10:12:06";
    return undefined;
  });
  fakeKernel();
  const stop = new AbortController();
  const watching = watch(api.runs("team/digits"), { every: 1, keys: ["loss"], signal: stop.signal });
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(5));
  stop.abort();
  await watching;
  // The beginning, two requests of rows; a round with news of one run, whose rows come with its listing; two without.
  expect(asked.slice(0, 7)).toEqual(["list", "rows", "rows", "list", "rows", "list", "list"]);
});

test.each(["finished", "failed", "crashed", "killed", "preempted"])(
  "a run that is %s has ended",
  async (state) => {
    const { runs, filters } = await project({ a: state });
    fakeKernel();
    await watch(runs);
    expect(filters).toEqual(["{}"]);
  },
);

test("asks nothing more when all have ended", async () => {
  const { runs, filters } = await project({ a: "finished", b: "killed" });
  const outputs = fakeKernel();
  await watch(runs);
  expect(filters).toEqual(["{}"]);
  expect(statesIn(outputs[0]?.data)).toEqual(["finished", "killed"]);
});

test("tells of a question that failed, and asks again", async () => {
  const { runs, fault, set } = await project({ a: "running" });
  const outputs = fakeKernel();
  const watching = watch(runs, { every: 1 });
  await vi.waitFor(() => expect(outputs[0]?.updates).toBeGreaterThan(1));
  fault.status = 418;
  await vi.waitFor(() => expect(outputs[0]?.data["text/plain"]).toContain("is asked again. ServerError"));
  delete fault.status;
  set("a", "finished");
  await watching;
  expect(outputs[0]?.data["text/plain"]).not.toContain("asked again");
});

test("gives up when asking again is of no use", async () => {
  const { runs, fault } = await project({ a: "running" });
  const outputs = fakeKernel();
  const watching = watch(runs, { every: 1 });
  const ended = expect(watching).rejects.toMatchObject({ name: "AuthenticationError" });
  await vi.waitFor(() => expect(outputs[0]?.updates).toBeGreaterThan(1));
  fault.status = 401;
  await ended;
  expect(outputs[0]?.data["text/plain"]).toMatch(
    /No longer watched\. AuthenticationError: .*does not accept the API key/,
  );
  expect(outputs[0]?.data["text/html"]).toContain("No longer watched. AuthenticationError");
});

test("says so when the first reading fails", async () => {
  const { runs, fault } = await project({ a: "running" });
  const outputs = fakeKernel();
  fault.status = 418;
  await expect(watch(runs)).rejects.toMatchObject({ name: "ServerError" });
  expect(outputs[0]?.data["text/plain"]).toContain("No longer watched. ServerError");
  expect(outputs[0]?.data["text/plain"]).not.toContain("Nothing is loaded yet");
});

test("names runs that were deleted, and asks for them no more", async () => {
  const { runs, list } = await project({ a: "finished", b: "running" });
  const outputs = fakeKernel();
  const watching = watch(runs, { every: 1 });
  await vi.waitFor(() => expect(outputs[0]?.updates).toBeGreaterThan(1));
  list.pop();
  await watching;
  expect(outputs[0]?.data["text/plain"]).toContain("Deleted meanwhile: b.");
  expect(statesIn(outputs[0]?.data)).toEqual(["finished", "running"]);
});

test("names runs that were deleted before it began", async () => {
  const { runs, list } = await project({ a: "finished", b: "running" });
  const outputs = fakeKernel();
  await runs.toArray();
  list.pop();
  await watch(runs, { every: 1, columns: ["config.lr"] });
  expect(outputs[0]?.data["text/plain"]).toContain("Deleted meanwhile: b.");
});

test("ends with its signal, without an error", async () => {
  const { runs } = await project({ a: "running" });
  const outputs = fakeKernel();
  const stop = new AbortController();
  const watching = watch(runs, { every: 60_000, signal: stop.signal });
  await vi.waitFor(() => expect(outputs[0]?.updates).toBeGreaterThan(0));
  stop.abort();
  await watching;
  expect(outputs[0]?.data["text/plain"]).toContain("No longer watched.");
});

test("outside a kernel prints the beginning, each change and the end", async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  try {
    const { runs, filters, set } = await project({ a: "running", b: "finished" });
    const watching = watch(runs, { every: 1 });
    await vi.waitFor(() => expect(filters.length).toBeGreaterThan(3));
    set("a", "finished");
    await watching;
    expect(lines).toEqual([
      expect.stringMatching(/running[\s\S]*finished/),
      "a a: finished",
      expect.stringMatching(/finished[\s\S]*finished/),
    ]);
    lines.length = 0;
    await watch(runs.only(["b"]));
    expect(lines).toHaveLength(1);
  } finally {
    log.mockRestore();
  }
});

test.each([
  [{ every: 0 }, "every is 0"],
  [{ every: Number.NaN }, "every is NaN"],
  [{ maxRows: -1 }, "maxRows is -1"],
])("refuses %j before anything is sent", async (options, message) => {
  const { runs, filters } = await project({ a: "running" });
  const failure = await watch(runs, options).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InvalidArgumentError);
  expect(String(failure)).toContain(message);
  expect(filters).toEqual([]);
});

test("refuses what is no collection", async () => {
  const { runs } = await project({ a: "running" });
  await expect(watch((await runs.at(0)) as unknown as Runs)).rejects.toThrow("runs.only([run.id])");
});
