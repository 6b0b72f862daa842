import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { answer } from "./answer.mjs";

function ask(project: string, fields: string, variables: object = {}) {
  const query = `query Q($specs: [JSONString!]) {
    project(name: "${project}", entityName: "bench") { run(name: "00000000") { ${fields} } }
  }`;
  const { gzip, cost } = answer(query, variables as Record<string, unknown>);
  return { run: JSON.parse(gunzipSync(gzip).toString()).data.project.run, cost };
}

const stepsOf = (history: string[]) => history.map((row) => JSON.parse(row)._step);
const range = (start: number, end: number) => Array.from({ length: end - start }, (_, at) => start + at);

it("gives the rows of a stretch of steps, wherever it begins and ends, and counts them", () => {
  for (const [minStep, maxStep] of [
    [0, 1000],
    [999, 1001],
    [250, 500],
    [1, 2100],
    [2999, 9000],
    [7000, 9000],
  ] as const) {
    const { run, cost } = ask(
      "long-3000",
      `history(minStep: ${minStep}, maxStep: ${maxStep}, samples: 5000) historyLineCount`,
    );
    const expected = range(Math.min(3000, minStep), Math.min(3000, maxStep));
    expect(stepsOf(run.history)).toEqual(expected);
    expect(run.historyLineCount).toBe(3000);
    expect(cost.histories).toBe(Math.max(1, expected.length / 500));
  }
});

it("samples what is more than was asked for, and takes the last step of a spec with it", () => {
  const specs = [
    { keys: ["_step", "val/loss"], minStep: 10, maxStep: 12, samples: 3 },
    { keys: ["_step", "nowhere"], minStep: 0, maxStep: 10 },
    { keys: ["_step", "lr"], samples: 3 },
  ].map((spec) => JSON.stringify(spec));
  const { run } = ask(
    "long-3000",
    "sampledHistory(specs: $specs) history(minStep: 0, maxStep: 10, samples: 2)",
    {
      specs,
    },
  );
  const [some, none, sampled] = run.sampledHistory;
  expect(some.map(({ _step }: { _step: number }) => _step)).toEqual([10, 11, 12]);
  expect(Object.keys(some[0])).toEqual(["_step", "val/loss"]);
  expect(none).toEqual([]);
  expect(sampled.map(({ _step }: { _step: number }) => _step)).toEqual([0, 1500, 2999]);
  expect(stepsOf(run.history)).toEqual([0, 9]);
});

it("finds steps in histories of every tenth step too", () => {
  const { run } = ask("runs-3", "history(minStep: 11, maxStep: 40, samples: 1000)");
  expect(stepsOf(run.history)).toEqual([20, 30]);
  const whole = ask("runs-3", "history(minStep: 0, maxStep: 4991, samples: 1000)").run.history;
  expect(whole).toEqual(ask("runs-3", "history(samples: 500)").run.history);
});

it("leaves exported rows out of stretches of steps", () => {
  const specs = [JSON.stringify({ keys: ["_step"], minStep: 0, maxStep: 10 })];
  const { run } = ask(
    "exported-3000",
    `parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData } history(minStep: 0, maxStep: 100, samples: 100)
     sampledHistory(specs: $specs)`,
    { specs },
  );
  expect(run).toMatchObject({ history: [], sampledHistory: [[]] });
  expect(run.parquetHistory).toEqual({
    parquetUrls: [expect.stringMatching(/\/exports\/long-3000-v\d\.parquet\?signature=/)],
    liveData: [],
  });
  const none = ask("long-3000", 'parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData }').run;
  expect(none.parquetHistory).toEqual({ parquetUrls: [], liveData: [] });
});

it("tells what was read, so that what is read twice can be told", () => {
  const { cost } = ask("runs-3", "history(samples: 600) again: history(samples: 500) events(samples: 500)");
  expect(cost.readings).toHaveLength(3);
  expect(new Set(cost.readings).size).toBe(2);
});
