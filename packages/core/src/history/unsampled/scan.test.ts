import { describe, expect, it } from "vitest";
import { InvalidArgumentError, NotFoundError, ProtocolError } from "../../errors.ts";
import type { ModelRow } from "../../testing/model-project.ts";
import { operationOf } from "../../testing/run-server.ts";
import type { ScanModelRun } from "../../testing/scan-project.ts";
import { digits, scanServer } from "../../testing/scan-server.ts";
import { onWork } from "../../work.ts";
import type { HistoryTable } from "../table/history-table.ts";

function rows(count: number, every = 1, from = 0): ModelRow[] {
  return Array.from({ length: count }, (_, index) => ({
    _step: from + index * every,
    loss: 1 / (index + 1),
  }));
}

function asGiven(history: readonly ModelRow[]): object[] {
  return history.map((row) => ({ run_id: "abc", ...row }));
}

async function rowsOf(tables: AsyncIterable<HistoryTable>): Promise<object[]> {
  const all: object[] = [];
  for await (const table of tables) all.push(...table.toRows());
  return all;
}

describe("scanHistory", () => {
  it("gives every row in the order of the steps, in batches of no more than asked for", async () => {
    const history = rows(2500);
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history }]).run("team/digits/abc");
    const given = [];
    for await (const batch of run.scanHistory({ batchRows: 600, format: "default" })) given.push(batch);
    expect(given.map(({ length }) => length)).toEqual([600, 400, 600, 400, 500]);
    expect(given.flat()).toEqual(asGiven(history));
  });

  it("gives nothing for a run that logged nothing, and for steps that it hasn't", async () => {
    const serve = await scanServer();
    const empty = await serve([{ id: "abc", history: [] }]).run("team/digits/abc");
    expect(await rowsOf(empty.scanHistory())).toEqual([]);
    const run = await serve([{ id: "abc", history: rows(2000) }]).run("team/digits/abc");
    expect(await rowsOf(run.scanHistory({ minStep: 2000 }))).toEqual([]);
    expect(await rowsOf(run.scanHistory({ minStep: 1998, maxStep: 1999 }))).toHaveLength(1);
  });

  it("asks for a run of few rows once, and for one of many a window of 1000 steps a request", async () => {
    const serve = await scanServer();
    const short = await serve([{ id: "abc", history: rows(900) }]).run("team/digits/abc");
    serve.requests.length = 0;
    expect(await rowsOf(short.scanHistory())).toHaveLength(900);
    expect(serve.requests).toHaveLength(1);
    const long = await serve([{ id: "abc", history: rows(10_000) }]).run("team/digits/abc");
    serve.requests.length = 0;
    expect(await rowsOf(long.scanHistory())).toHaveLength(10_000);
    const asked = serve.requests.map(operationOf);
    expect(asked.filter((operation) => operation === "RunRows")).toHaveLength(10);
    expect(asked).toHaveLength(13); // and how much there is, and twice whether rows went into files meanwhile
  });

  it("passes steps without rows, and sparse keys, in few requests", async () => {
    const serve = await scanServer();
    const gaps = [...rows(1500), ...rows(500, 1, 10_000_000), ...rows(5, 1, 2 ** 52)];
    const run = await serve([{ id: "abc", history: gaps }]).run("team/digits/abc");
    serve.requests.length = 0;
    expect(await rowsOf(run.scanHistory())).toEqual(asGiven(gaps));
    expect(serve.requests.length).toBeLessThan(40);

    const sparse = rows(300_000).map((row, index) => (index % 5000 === 0 ? { ...row, rare: index } : row));
    const other = await serve([{ id: "abc", history: sparse }]).run("team/digits/abc");
    serve.requests.length = 0;
    const found = await rowsOf(other.scanHistory({ keys: ["rare"] }));
    expect(found).toHaveLength(60);
    expect(serve.requests.length).toBeLessThan(10);
  });

  it("has values as they were logged", async () => {
    const history: ModelRow[] = [
      { _step: 0, big: 2n ** 62n, loss: Number.NaN, text: "a", nested: { a: [1] } },
      { _step: 0.5, big: 1, loss: Number.POSITIVE_INFINITY, text: "" },
      { _step: 2 ** 31 + 1, big: -(2n ** 62n), loss: null },
      { _step: 2 ** 53 - 2, loss: 1e-7 },
    ];
    const serve = await scanServer();
    for (const lineCount of [4, 5000]) {
      // As a short run, and as one that is taken for a long one.
      const fields = { historyLineCount: lineCount };
      const run = await serve([{ id: "abc", history, fields }]).run("team/digits/abc");
      const given: object[] = [];
      for await (const batch of run.scanHistory({ format: "default", minStep: 0 })) given.push(...batch);
      expect(given).toEqual(asGiven(history));
    }
  });

  it("finds rows that no range of steps holds, and gives those without a step last", async () => {
    const history: ModelRow[] = [
      { note: "first" },
      ...rows(1800, 3),
      { _step: -5, loss: 0 },
      { note: "last" },
    ];
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history }]).run("team/digits/abc");
    const given = await rowsOf(run.scanHistory());
    expect(given.slice(0, 1800)).toEqual(asGiven(rows(1800, 3)));
    expect(given.slice(1800)).toEqual(asGiven([{ _step: -5, loss: 0 }, { note: "first" }, { note: "last" }]));
  });

  it.each([
    ["no count of rows", { historyLineCount: null }],
    ["no last step", { historyKeys: null }],
    ["neither", { historyLineCount: null, historyKeys: null }],
    ["a last step that lags behind", { historyKeys: { lastStep: 100, keys: {} } }],
  ])("reads a run of which the server says %s", async (_, fields) => {
    const history = rows(3456, 2);
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history, fields }]).run("team/digits/abc");
    expect(await rowsOf(run.scanHistory())).toEqual(asGiven(history));
  });

  it("says so when the server gives fewer rows than it has counted, after all that it gave", async () => {
    const serve = await scanServer();
    const fields = { historyLineCount: 5000 };
    const run = await serve([{ id: "abc", history: rows(3000), fields }]).run("team/digits/abc");
    const given: object[] = [];
    const read = async () => {
      for await (const table of run.scanHistory({ batchRows: 1000 })) given.push(...table.toRows());
    };
    const error = await read().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(String(error)).toContain("gave 3000 rows of run abc of team/digits, and says that it has 5000");
    expect(given).toHaveLength(3000);
    expect(await rowsOf(run.scanHistory({ minStep: 0 }))).toHaveLength(3000);
    const unknown = { historyLineCount: 5000, historyKeys: null };
    const other = await serve([{ id: "abc", history: rows(3000), fields: unknown }]).run("team/digits/abc");
    await expect(rowsOf(other.scanHistory())).rejects.toThrow("gave 3000 rows");
  });

  it("asks for less when that was too much", async () => {
    const serve = await scanServer();
    const api = serve([{ id: "abc", history: rows(2000) }], { mostSteps: 300 });
    const run = await api.run("team/digits/abc");
    expect(await rowsOf(run.scanHistory())).toHaveLength(2000);
  });

  it("reads from a server that knows of no exports", async () => {
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history: rows(1500) }], { knowsExports: false }).run(
      "team/digits/abc",
    );
    serve.requests.length = 0;
    expect(await rowsOf(run.scanHistory())).toHaveLength(1500);
    expect(await rowsOf(run.scanHistory())).toHaveLength(1500);
    expect(serve.requests.filter(({ query }) => query.includes("parquetHistory"))).toHaveLength(1);
  });

  it("gives the machine's metrics, all or chosen", async () => {
    const events = Array.from({ length: 4000 }, (_, index) => ({
      _runtime: index,
      "system.cpu": index / 2,
      ...(index % 2 === 0 && { "system.gpu": index }),
    }));
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history: [], events }]).run("team/digits/abc");
    expect(await rowsOf(run.scanHistory({ stream: "system" }))).toEqual(asGiven(events as ModelRow[]));
    const chosen = await rowsOf(run.scanHistory({ stream: "system", keys: ["system.gpu"] }));
    expect(chosen).toHaveLength(2000);
    expect(chosen[1]).toEqual({ run_id: "abc", _runtime: 2, "system.gpu": 2 });
  });

  it("has what of the run is asked for in each row", async () => {
    const serve = await scanServer();
    for (const count of [10, 1500]) {
      const fields = { displayName: "first", config: '{"lr":{"value":0.1}}' };
      const run = await serve([{ id: "abc", history: rows(count), fields }]).run("team/digits/abc");
      const columns = { name: "name", lr: "config.lr" } as const;
      const [first] = await rowsOf(run.scanHistory({ columns }));
      expect(first).toEqual({ run_id: "abc", name: "first", lr: 0.1, _step: 0, loss: 1 });
    }
  });

  it("tells how far it is", async () => {
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history: rows(3000) }]).run("team/digits/abc");
    const told: object[] = [];
    const work: string[] = [];
    const stop = onWork(({ operation, project }) => {
      work.push(`${operation} of ${project}`);
      return { progress: () => undefined, end: () => void work.push("ended") };
    });
    await rowsOf(run.scanHistory({ batchRows: 2000, onProgress: (progress) => told.push(progress) }));
    stop();
    expect(told).toEqual([
      { done: 2000, total: 3000, unit: "rows" },
      { done: 3000, total: 3000, unit: "rows" },
    ]);
    expect(work).toEqual(["scan of digits", "ended"]);
  });

  it("fails when the run was deleted", async () => {
    const serve = await scanServer();
    const api = serve([{ id: "abc", history: rows(1500) }]);
    const run = await api.run("team/digits/abc");
    serve([]);
    await expect(rowsOf(run.scanHistory())).rejects.toThrow(NotFoundError);
  });

  it("ends what is under way when the loop is left, and when the signal aborts", async () => {
    const held: (() => void)[] = [];
    let isHeld = false;
    const serve = await scanServer(({ variables }) => {
      if (!isHeld || ((variables.minStep as number | undefined) ?? 0) < 8000) return;
      return new Promise((resolve) => held.push(resolve));
    });
    const run = await serve([{ id: "abc", history: rows(50_000) }]).run("team/digits/abc");
    isHeld = true;
    for await (const _ of run.scanHistory({ batchRows: 1000 })) break;
    for (const release of held.splice(0)) release();
    const controller = new AbortController();
    const scan = run.scanHistory({ batchRows: 2000, signal: controller.signal });
    const second = scan.next().then(() => scan.next());
    await expect.poll(() => held.length).toBeGreaterThan(9);
    controller.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    await expect.poll(() => serve.openSockets()).toBeLessThan(3);
    for (const release of held) release();
  });

  it("doesn't run far ahead of a slow consumer", async () => {
    const serve = await scanServer();
    const run = await serve([{ id: "abc", history: rows(200_000) }]).run("team/digits/abc");
    serve.requests.length = 0;
    const scan = run.scanHistory({ batchRows: 1000 });
    await scan.next();
    let before = -1;
    while (before < serve.requests.length) {
      before = serve.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(before).toBeLessThan(30);
    await scan.return();
  });
});

describe("bad options", () => {
  const bad: [string, object][] = [
    ["minStep", { minStep: -1 }],
    ["minStep", { minStep: 1.5 }],
    ["minStep", { minStep: "0" }],
    ["maxStep", { maxStep: 0 }],
    ["maxStep", { maxStep: Number.NaN }],
    ["minStep", { minStep: 5, maxStep: 5 }],
    ["stream", { stream: "both" }],
    ["minStep", { stream: "system", minStep: 0 }],
    ["maxStep", { stream: "system", maxStep: 10 }],
    ["match", { match: "some" }],
    ["exports", { exports: "always" }],
    ["batchRows", { batchRows: 0 }],
    ["keys", { keys: [] }],
    ["keys", { keys: "loss" }],
    ["keys[0]", { keys: ["run_id"] }],
    ["columns[0]", { columns: ["config."] }],
    ["columns", { columns: { loss: "name" }, keys: ["loss"] }],
    ["format", { format: "csv" }],
  ];
  it.each(bad)("refuses %s at once: %j", async (name, options) => {
    const serve = await scanServer();
    const api = serve([{ id: "abc", history: rows(10) }]);
    const run = await api.run("team/digits/abc");
    serve.requests.length = 0;
    for (const scan of [
      () => run.scanHistory(options),
      () => api.runs("team/digits").scanHistories(options),
    ]) {
      expect(scan).toThrow(InvalidArgumentError);
      expect(scan).toThrow(name);
    }
    expect(serve.requests).toEqual([]);
  });
});

describe("scanHistories", () => {
  const project = (): ScanModelRun[] => [
    { id: "a", history: rows(700) },
    { id: "b", history: [] },
    { id: "c", history: rows(3000, 2) },
    { id: "d", history: rows(5, 300) },
    { id: "e", history: rows(1200) },
  ];

  it("gives the rows of all runs in order, each run's last batch marked", async () => {
    const serve = await scanServer();
    const runs = project();
    const given = new Map<string, object[]>();
    const ends: string[] = [];
    for await (const batch of digits(serve(runs)).runs.scanHistories({ batchRows: 500 })) {
      const { run, table, history, isLast } = batch;
      expect(history.numRows).toBe(table.numRows);
      given.set(run.id, [...(given.get(run.id) ?? []), ...table.toRows()]);
      if (isLast) ends.push(run.id);
    }
    expect(ends).toEqual(["a", "b", "c", "d", "e"]);
    for (const { id, history } of runs) {
      expect(given.get(id)).toEqual(history.map((row) => ({ run_id: id, ...row })));
    }
  });

  it("asks for many short runs in a request", async () => {
    const runs = Array.from({ length: 200 }, (_, index) => ({ id: `r${index}`, history: rows(20 + index) }));
    const serve = await scanServer();
    let count = 0;
    for await (const { table } of digits(serve(runs)).runs.scanHistories()) count += table.numRows;
    expect(count).toBe(runs.reduce((sum, { history }) => sum + history.length, 0));
    expect(serve.requests.length).toBeLessThan(100);
  });

  it("reads chosen keys of short runs, some of which have none", async () => {
    const runs = project().map((run, index) => ({
      ...run,
      history: run.history.map((row, at) => (at % (index + 2) === 0 ? { ...row, rare: at } : row)),
    }));
    const serve = await scanServer();
    for (const match of ["all", "any"] as const) {
      const given = new Map<string, number>();
      for await (const { run, table } of digits(serve(runs)).runs.scanHistories({
        keys: ["rare"],
        match,
        minStep: 2,
        maxStep: 5000,
      })) {
        given.set(run.id, (given.get(run.id) ?? 0) + table.numRows);
        expect(table.columnNames).toEqual(["run_id", "_step", "rare"]);
      }
      for (const { id, history } of runs) {
        const wanted = history.filter(
          (row) => "rare" in row && Number(row._step) >= 2 && Number(row._step) < 5000,
        );
        expect(given.get(id)).toBe(wanted.length);
      }
    }
  });

  it("finds out that a server gives fewer rows than it is asked for", async () => {
    const runs = Array.from({ length: 30 }, (_, index) => ({
      id: `r${index}`,
      history: rows(900).map((row, at) => (at % 2 === 0 ? { ...row, rare: at } : row)),
    }));
    const serve = await scanServer();
    for (const options of [{}, { keys: ["rare"] }]) {
      let count = 0;
      const { runs: listed } = digits(serve(runs, { mostRows: 200 }));
      for await (const { table } of listed.scanHistories(options)) count += table.numRows;
      expect(count).toBe(30 * ("keys" in options ? 450 : 900));
    }
  });

  it("goes on when a run was deleted meanwhile, and says so", async () => {
    const serve = await scanServer();
    const { runs, warnings } = digits(serve(project()));
    await runs.toArray();
    serve(project().filter(({ id }) => id !== "c" && id !== "d"));
    const ids = new Set<string>();
    for await (const { run } of runs.scanHistories()) ids.add(run.id);
    expect([...ids]).toEqual(["a", "b", "e"]);
    expect(warnings.map((warning) => warning.slice(0, 5))).toEqual(["Run c", "Run d"]);
  });

  it("gives the other runs when one can't be had, and then an error that names it", async () => {
    const serve = await scanServer();
    const runs = project().map((run) =>
      run.id === "c" ? { ...run, fields: { historyLineCount: 9000 } } : run,
    );
    const complete: string[] = [];
    const read = async () => {
      for await (const { run, isLast } of digits(serve(runs)).runs.scanHistories())
        if (isLast) complete.push(run.id);
    };
    await expect(read()).rejects.toMatchObject({ missing: ["c"] });
    expect(complete).toEqual(["a", "b", "d", "e"]);
  });

  it("gives the machine's metrics of all runs", async () => {
    const events = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ _runtime: index, "system.cpu": index }));
    const runs = [10, 0, 3000].map((count, index) => ({
      id: `r${index}`,
      history: [],
      events: events(count),
    }));
    const serve = await scanServer();
    const given: [string, number][] = [];
    for await (const { run, table } of digits(serve(runs)).runs.scanHistories({ stream: "system" })) {
      given.push([run.id, table.numRows]);
    }
    expect(given).toEqual([
      ["r0", 10],
      ["r1", 0],
      ["r2", 3000],
    ]);
  });

  it("ends what is under way when the loop is left", async () => {
    const held: (() => void)[] = [];
    const serve = await scanServer(({ variables }) => {
      if (variables.minStep === undefined) return;
      return new Promise((resolve) => held.push(resolve));
    });
    for await (const { run } of digits(serve(project())).runs.scanHistories()) if (run.id === "b") break;
    await expect.poll(() => serve.openSockets()).toBeLessThan(4);
    for (const release of held) release();
  });

  it("tells how many runs are done", async () => {
    const serve = await scanServer();
    const told: object[] = [];
    const onProgress = (progress: object) => void told.push(progress);
    for await (const _ of digits(serve(project())).runs.scanHistories({ onProgress }));
    expect(told.at(0)).toEqual({ done: 1, total: 5, unit: "runs" });
    expect(told.at(-1)).toEqual({ done: 5, total: 5, unit: "runs" });
  });
});
