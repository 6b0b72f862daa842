import { Api } from "@lazyruns/core";
import pl from "nodejs-polars";
import { expect, onTestFinished, test, vi } from "vitest";
import { faultServer, TEST_KEY } from "../../core/src/testing/fault-server.ts";
import { type ModelRun, modelAnswer } from "../../core/src/testing/model-project.ts";
import "./polars.ts";

async function open(project: readonly ModelRun[]) {
  const { url, requests } = await faultServer((request, response) => {
    response.end(modelAnswer(request, project));
    return undefined;
  });
  const api = new Api({ baseUrl: url, apiKey: TEST_KEY });
  onTestFinished(() => api.close());
  return { runs: api.runs("team/digits"), requests };
}

const project: ModelRun[] = [
  { id: "a", history: [{ _step: 0, loss: 0.5, filter: 1 }], fields: { createdAt: "2026-01-02T03:04:05" } },
  {
    id: "b",
    history: [
      { _step: 0, loss: 1 },
      { _step: 1, loss: Number.NaN },
    ],
    fields: { createdAt: "2026-01-03T03:04:05" },
  },
];

test("histories, a run's history and a stream come as polars frames", async () => {
  const { runs } = await open(project);
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => warnings.push(message);
  const frame = await runs.histories({ format: "polars", columns: ["createdAt"], onWarning });
  expect(frame.toRecords()).toEqual([
    { run_id: "a", createdAt: new Date("2026-01-02T03:04:05Z"), _step: 0, filter_: 1, loss: 0.5 },
    { run_id: "b", createdAt: new Date("2026-01-03T03:04:05Z"), _step: 0, filter_: null, loss: 1 },
    { run_id: "b", createdAt: new Date("2026-01-03T03:04:05Z"), _step: 1, filter_: null, loss: Number.NaN },
  ]);
  expect(warnings).toEqual([expect.stringContaining('Column "filter" is "filter_" in the polars frame')]);
  const heights: number[] = [];
  for await (const { history } of runs.historyStream({ format: "polars", onWarning })) {
    heights.push(history.height);
  }
  expect(heights).toEqual([1, 2]);
  const run = await runs.at(1);
  expect((await run?.history({ format: "polars" }))?.toRecords()).toEqual([
    { run_id: "b", _step: 0, loss: 1 },
    { run_id: "b", _step: 1, loss: Number.NaN },
  ]);
});

test("a stream of frames, one a run, warns once of what is so in each", async () => {
  const ids = ["a", "b", "c"];
  const { runs } = await open(ids.map((id) => ({ id, history: [{ _step: 0, filter: 1 }] })));
  const warnings: string[] = [];
  const options = {
    format: "polars",
    onWarning: ({ message }: { message: string }) => warnings.push(message),
  } as const;
  for (const call of [1, 2]) {
    const names: string[][] = [];
    for await (const { history } of runs.historyStream(options)) names.push(history.columns);
    expect(names).toEqual(ids.map(() => ["run_id", "_step", "filter_"]));
    expect(warnings).toHaveLength(call);
  }
});

test("warnings go to the process when neither the call nor the collection listens", async () => {
  const emit = vi.spyOn(process, "emitWarning").mockReturnValue();
  onTestFinished(() => emit.mockRestore());
  const { runs } = await open([
    { id: "a", history: [{ _step: 0, filter: 1, seed: 2n ** 60n + 1n }] },
    { id: "b", history: [{ _step: 0, filter: 1, seed: 0.5 }] },
  ]);
  const frame = await runs.histories({ format: "polars" });
  expect(frame.getColumn("seed").toArray()).toEqual([2 ** 60, 0.5]);
  expect(emit.mock.calls).toEqual([
    [expect.stringContaining('"filter_"'), "LazyrunsWarning"],
    [expect.stringMatching(/whole numbers of "seed": some beyond 2\^53/), "LazyrunsWarning"],
  ]);
  emit.mockClear();
  for await (const { history } of runs.historyStream({ format: "polars" })) expect(history.height).toBe(1);
  expect(emit.mock.calls).toEqual([[expect.stringContaining('"filter_"'), "LazyrunsWarning"]]);
});

test("a listener that throws costs no frame", async () => {
  const { runs } = await open([{ id: "a", history: [{ _step: 0, _timestamp: Number.NaN, filter: 1 }] }]);
  const onWarning = vi.fn(() => {
    throw new Error("no warnings please");
  });
  const frame = await runs.histories({ format: "polars", datetimes: true, onWarning });
  expect(frame.columns).toEqual(["run_id", "_step", "_timestamp", "filter_"]);
  expect(onWarning).toHaveBeenCalledTimes(2);
});

test("a table of runs comes as a polars frame", async () => {
  const { runs } = await open(project);
  const frame = await runs.table({ fields: ["createdAt"], config: [], summary: [], format: "polars" });
  expect(frame.toRecords()).toEqual([
    { run_id: "a", createdAt: new Date("2026-01-02T03:04:05Z") },
    { run_id: "b", createdAt: new Date("2026-01-03T03:04:05Z") },
  ]);
});

test("no runs give a frame with the columns that were asked for", async () => {
  const { runs } = await open([]);
  const frame = await runs.histories({ keys: ["loss"], format: "polars" });
  expect(frame.shape).toEqual({ height: 0, width: 3 });
  expect(frame.columns).toEqual(["run_id", "_step", "loss"]);
});

test("a frame of many pieces has every value, though what was read is freed behind it", async () => {
  const rows = Array.from({ length: 9_000 }, (_, step) => ({
    _step: step,
    loss: step / 4,
    word: `w${step % 7}`,
  }));
  const { runs } = await open(Array.from({ length: 10 }, (_, run) => ({ id: `run${run}`, history: rows })));
  const frame = await runs.histories({ format: "polars", samples: 10_000 });
  expect(frame.shape).toEqual({ height: 90_000, width: 4 });
  expect(frame.getColumn("loss").nChunks()).toBeGreaterThan(1);
  const sums = frame
    .groupBy("run_id")
    .agg(pl.col("loss").sum(), pl.col("_step").max(), pl.col("word").nUnique());
  expect(sums.sort("run_id").toRecords()).toEqual(
    Array.from({ length: 10 }, (_, run) => ({
      run_id: `run${run}`,
      loss: (9_000 * 8_999) / 8,
      _step: 8_999,
      word: 7,
    })),
  );
}, 60_000);

test("wrong options are refused before anything is sent", async () => {
  const { runs, requests } = await open(project);
  await expect(runs.histories({ format: "polars", nested: "xml" as "json" })).rejects.toThrow(
    'nested is "xml"',
  );
  await expect(runs.table({ format: "polars", datetimes: 1 as never })).rejects.toThrow("datetimes is 1");
  expect(requests).toEqual([]);
});
