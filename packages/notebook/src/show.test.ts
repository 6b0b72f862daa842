import { HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import { toArrow } from "@lazyruns/dataframes";
import { expect, test, vi } from "vitest";
import type { HistoryOutput, RunsOutput } from "./mime.ts";
import { plot } from "./plot/plot.ts";
import { show } from "./show.ts";
import { fakeKernel } from "./testing/fake-kernel.ts";
import { runsServer } from "./testing/runs-server.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";

const sixty = Array.from({ length: 60 }, (_, index) => ({
  id: `r${index}`,
  config: `{"lr":{"value":${index}}}`,
}));

test("fetches the runs that it shows and no more, and gives nothing back", async () => {
  const asked: object[] = [];
  const api = await runsServer(sixty, ({ variables }) => void asked.push(variables));
  const outputs = fakeKernel();
  expect(await show(api.runs("team/digits"), { maxRows: 20 })).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(outputs).toHaveLength(1);
  expect(outputs[0]?.data[RUNS]).toMatchObject({ loaded: 50, total: 60 });
});

test("asks for the histories of the runs that it has just listed", async () => {
  const asked: string[] = [];
  const history = [{ _step: 0, loss: 3 }];
  const three = sixty.slice(0, 3).map((run) => ({ ...run, history }));
  const api = await runsServer(
    three,
    ({ query }) => void asked.push(String(/\bquery (\w+)/.exec(query)?.[1])),
  );
  const outputs = fakeKernel();
  await show(api.runs("team/digits"), { keys: ["loss"] });
  expect(outputs[0]?.data[RUNS]).toMatchObject({ histories: { totalRows: 3 } });
  expect(asked.filter((query) => query === "Runs")).toHaveLength(1);
  await show(await api.runs("team/digits").at(0), { keys: [] });
  expect(Object.keys(outputs[1]?.data[RUNS] as object)).not.toContain("histories");
});

test("loads the shown runs when config or summary is asked for", async () => {
  const api = await runsServer(sixty);
  const outputs = fakeKernel();
  await show(api.runs("team/digits", { perPage: 3 }), { columns: ["config.lr"], maxRows: 3 });
  expect(outputs[0]?.data[RUNS]).toMatchObject({
    full: 3,
    columns: expect.arrayContaining([
      expect.objectContaining({ name: "lr", kind: "config", values: [0, 1, 2] }),
    ]),
  });
});

test("shows the others when a run was deleted since it was listed, and says so", async () => {
  const list = sixty.slice(0, 3);
  const api = await runsServer(list);
  const outputs = fakeKernel();
  const runs = api.runs("team/digits");
  await runs.toArray();
  list.splice(1, 1);
  await show(runs, { columns: ["config.lr"] });
  const lr = expect.objectContaining({ name: "lr", values: [0, null, 2] });
  expect(outputs[0]?.data[RUNS]).toMatchObject({ columns: expect.arrayContaining([lr]) });
  expect(outputs[0]?.data["text/html"]).toContain("Deleted meanwhile: r1.");
  await expect(show(api.runs("team/digits"), { columns: ["config.lr"] })).resolves.toBeUndefined();
  expect(outputs[1]?.data["text/html"]).not.toContain("Deleted");
});

test("shows a list of runs as a collection, with what is asked for", async () => {
  const history = [{ _step: 0, loss: 3 }];
  const api = await runsServer(sixty.map((run) => ({ ...run, history })));
  const outputs = fakeKernel();
  const some = (await api.runs("team/digits").toArray()).filter(({ id }) => /^r[135]$/.test(id));
  await show(some, { columns: ["config.lr"], keys: ["loss"], maxRows: 2 });
  const lr = expect.objectContaining({ name: "lr", values: [1, 3] });
  expect(outputs[0]?.data[RUNS]).toMatchObject({
    ids: ["r1", "r3"],
    total: 3,
    columns: expect.arrayContaining([lr]),
    histories: { totalRows: 2 },
  });
  const other = await api.runs("team/other").at(0);
  await show([...some, other]);
  await show([]);
  expect(outputs.slice(1).map(({ data }) => Object.keys(data))).toEqual([["text/plain"], ["text/plain"]]);
});

test("shows an Arrow table of histories as histories", async () => {
  const outputs = fakeKernel();
  const column = { name: "loss", dtype: "float64", values: Float64Array.of(2, 1), validity: null } as const;
  await show(toArrow(HistoryTable.fromColumns(["a", "a"], [column])));
  expect(outputs[0]?.data["application/vnd.lazyruns.history.v1+json"]).toMatchObject({ numRows: 2 });
  await show({ schema: undefined, children: [] });
  expect(Object.keys(outputs[1]?.data ?? {})).toEqual(["text/plain"]);
});

test("loads a run", async () => {
  const api = await runsServer(sixty);
  const outputs = fakeKernel();
  await show(await api.runs("team/digits").at(0));
  expect(outputs[0]?.data[RUNS]).toMatchObject({ of: "run", full: 1, ids: ["r0"] });
});

test("shows what a promise gives, and anything else as text", async () => {
  const outputs = fakeKernel();
  const values = Float64Array.of(2, 1);
  const column = { name: "loss", dtype: "float64", values, validity: null } as const;
  await show(Promise.resolve(HistoryTable.fromColumns(["a", "a"], [column])));
  await show("plain\ntext");
  await show({ a: [1n, undefined] });
  await show(undefined);
  expect(Object.keys(outputs[0]?.data ?? {})).toContain("application/vnd.lazyruns.history.v1+json");
  expect(outputs.slice(1).map(({ data }) => data)).toEqual([
    { "text/plain": "plain\ntext" },
    { "text/plain": "{ a: [ 1n, undefined ] }" },
    { "text/plain": "undefined" },
  ]);
});

test("prints the text outside a kernel", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    const api = await runsServer(sixty.slice(0, 2));
    await show(api.runs("team/digits"));
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("r1"));
  } finally {
    log.mockRestore();
  }
});

test("curves can be drawn along the time as well, and a key without numbers is told of", async () => {
  const step = (at: number) => ({ _step: at, _runtime: at / 2, _timestamp: 1.7e9 + at / 2 });
  const api = await runsServer([
    { id: "a", history: [{ ...step(0), loss: 1 }, step(1), { ...step(2), loss: 3, note: "x" }] },
    { id: "b", history: [{ _step: 5, loss: 4 }] }, // imported: without times
  ]);
  const outputs = fakeKernel();
  const runs = api.runs("team/digits");
  const keys = ["nope", "_runtime", "note", "loss"];
  await show(runs, { keys });
  await show(await runs.at(0), { keys });
  for (const { data } of outputs) {
    const { columns, runs: shown } = (data[RUNS] as RunsOutput).histories as HistoryOutput;
    const of = (name: string) => columns.find((column) => column.name === name)?.values;
    expect(shown[0]).toEqual({ id: "a", numRows: 3, totalRows: 3 });
    expect(of("_step")?.slice(0, 3)).toEqual([0, 1, 2]);
    expect(of("_runtime")?.slice(0, 3)).toEqual([0, 0.5, 1]);
    expect(of("_timestamp")?.slice(0, 3)).toEqual([1.7e9, 1.7e9 + 0.5, 1.7e9 + 1]);
    for (const form of ["text/html", "text/plain"] as const) {
      expect(data[form]).toContain("No history here has numbers for nope, note.");
    }
  }
  expect(outputs[0]?.data["text/html"]).toMatch(/_runtime: 3 points.*loss: 2 points/s);
  const [{ columns, runs: shown }] = outputs.map(({ data }) => (data[RUNS] as RunsOutput).histories) as [
    HistoryOutput,
  ];
  expect(shown[1]).toEqual({ id: "b", numRows: 1, totalRows: 1 });
  expect(columns.map(({ values }) => values[3])).toEqual([5, null, null, null, null, 4]);
});

test("curves have as many points as asked for", async () => {
  const samples = new Set<number>();
  const rows = Array.from({ length: 400 }, (_, step) => ({ _step: step, loss: Math.sin(step) }));
  const api = await runsServer([{ id: "a", history: rows }], ({ variables }) => {
    for (const spec of (variables.specs ?? []) as string[]) samples.add(JSON.parse(spec).samples);
    return undefined;
  });
  const outputs = fakeKernel();
  const runs = api.runs("team/digits");
  await show(runs, { keys: ["loss"], maxPoints: 300 });
  await show(await runs.at(0), { keys: ["loss"], maxPoints: 300 });
  expect([...samples]).toEqual([300]);
  for (const { data } of outputs) expect(data[RUNS]).toMatchObject({ histories: { numRows: 300 } });
});

test.each([
  [{ maxPoints: 1 }, "maxPoints is 1"],
  [{ maxRows: 0 }, "maxRows is 0"],
  [{ samples: 1.5 }, "samples is 1.5"],
  [{ columns: "state" }, "columns must be a list"],
  [{ keys: [""] }, "keys is"],
  [{ signal: "now" }, 'signal is "now"'],
])("refuses %j before anything is sent", async (options, message) => {
  const asked: object[] = [];
  const api = await runsServer(sixty, ({ variables }) => void asked.push(variables));
  const failure = await show(api.runs("team/digits"), options as never).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InvalidArgumentError);
  expect(String(failure)).toContain(message);
  expect(asked).toEqual([]);
});

test("refuses what means nothing for the value", async () => {
  const asked: object[] = [];
  const api = await runsServer(sixty, ({ variables }) => void asked.push(variables));
  const run = await api.runs("team/digits").at(0);
  asked.length = 0;
  const history = HistoryTable.fromColumns(["a"], []);
  await expect(show(history, { columns: ["nope"] })).rejects.toThrow(
    /columns is for runs and tables of runs/,
  );
  await expect(show(run, { columns: ["state"] })).rejects.toThrow(/A run shows all it has/);
  await expect(show(history, { keys: ["loss"] })).rejects.toThrow(/keys is for runs and a run/);
  await expect(show(plot(history), { samples: 5 })).rejects.toThrow(/samples is for runs and a run/);
  expect(asked).toEqual([]);
  const outputs = fakeKernel();
  await show(run, { keys: [] });
  await show(plot(history), { maxPoints: 5 });
  expect(outputs).toHaveLength(2);
});

test("ends with its signal, while a promise is waited for too", async () => {
  const stop = new AbortController();
  const shown = show(new Promise(() => undefined), { signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(shown).rejects.toThrow("enough");
});

test("ends with its signal", async () => {
  const api = await runsServer(sixty);
  const reason = new Error("enough");
  await expect(show(api.runs("team/digits"), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
