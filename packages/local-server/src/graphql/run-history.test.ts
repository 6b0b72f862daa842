import { describe, expect, test } from "vitest";
import { ask, logRun, stream, testServer } from "../testing.ts";

const HISTORY = `query ($min: Int64, $max: Int64, $samples: Int) { project(name: "demo", entityName: "local") {
  run(name: "r") { history(minStep: $min, maxStep: $max, samples: $samples) } } }`;
const SAMPLED = `query ($specs: [JSONString!]!) { project(name: "demo", entityName: "local") {
  run(name: "r") { sampledHistory(specs: $specs) } } }`;

const server = async (content: readonly string[]) => {
  const made = await testServer();
  await logRun(made, "r", {}, { files: { "wandb-history.jsonl": { offset: 0, content } } });
  const steps = async (variables: object): Promise<unknown[]> => {
    const { history } = (await ask(made, HISTORY, variables)).project.run;
    return history.map((line: string) => JSON.parse(line)._step);
  };
  const sampled = async (...specs: object[]): Promise<unknown[][]> => {
    const variables = { specs: specs.map((spec) => JSON.stringify(spec)) };
    const { sampledHistory } = (await ask(made, SAMPLED, variables)).project.run;
    return sampledHistory.map((rows: { _step: number }[]) => rows.map(({ _step }) => _step));
  };
  return { made, steps, sampled };
};
const lines = Array.from({ length: 700 }, (_, step) => `{"loss":1.0,"_step":${step}}`);

describe("history", () => {
  test("samples 500 rows when nothing is said", async () => {
    const { steps } = await server(lines);
    expect(await steps({})).toHaveLength(500);
    const some = await steps({ samples: 7 });
    expect([some.length, some[0], some.at(-1)]).toEqual([7, 0, 699]);
  });

  test("takes steps from minStep up to, not including, maxStep", async () => {
    const { steps } = await server([...lines, '{"loss":1}']); // a row without step is in no range
    expect(await steps({ min: 3, max: 5, samples: 1000 })).toEqual([3, 4]);
    expect(await steps({ min: 699 })).toEqual([699]);
    expect(await steps({ max: 2 })).toEqual([0, 1]);
    expect(await steps({ min: 5000, max: 6000 })).toEqual([]);
  });

  test("samples the rows of a range, with the first and the last", async () => {
    const { steps } = await server(lines);
    expect(await steps({ min: 100, max: 201, samples: 3 })).toEqual([100, 150, 200]);
    expect(await steps({ min: 100, max: 201, samples: 1 })).toEqual([200]);
  });

  test("gives steps in order, rows of one step as they were logged", async () => {
    const { made, steps } = await server([
      '{"_step":7}',
      '{"_step":2}',
      '{"_step":2.5}',
      '{"_step":2,"b":1}',
    ]);
    expect(await steps({ min: 0 })).toEqual([2, 2, 2.5, 7]);
    const { history } = (await ask(made, HISTORY, { min: 2, max: 3, samples: 2 })).project.run;
    expect(history).toEqual(['{"_step":2}', '{"_step":2.5}']);
  });

  test("knows a line that was left out and came later, and one that was written anew", async () => {
    const { made, steps } = await server(['{"_step":0}']);
    const write = (offset: number, ...content: string[]) =>
      stream(made, "r", { files: { "wandb-history.jsonl": { offset, content } } });
    await write(3, '{"_step":3}');
    expect(await steps({ samples: 1 })).toEqual([3]);
    expect(await steps({ samples: 2 })).toEqual([0, 3]);
    await write(1, '{"_step":1}', '{"_step":2}');
    expect(await steps({ min: 0 })).toEqual([0, 1, 2, 3]);
    await write(1, '{"_step":1}', '{"_step":9}');
    expect(await steps({ min: 0 })).toEqual([0, 1, 3, 9]);
  });
});

test("sampledHistory takes maxStep in, for each spec its own", async () => {
  const { sampled } = await server(lines);
  const keys = ["_step"];
  expect(
    await sampled({ keys, minStep: 3, maxStep: 5 }, { keys, samples: 2 }, { keys, minStep: 698 }),
  ).toEqual([
    [3, 4, 5],
    [0, 699],
    [698, 699],
  ]);
});

describe("historyKeys", () => {
  const KEYS = `{ project(name: "demo", entityName: "local") { run(name: "r") { historyKeys } } }`;
  const keysOf = async (made: Awaited<ReturnType<typeof testServer>>) =>
    (await ask(made, KEYS)).project.run.historyKeys;

  test("is null without history", async () => {
    expect(await keysOf((await server([])).made)).toBeNull();
  });

  test("knows the lines that came since, and those that were written anew", async () => {
    const many = Array.from({ length: 10_000 }, (_, step) => `{"loss":1.0,"_step":${step}}`);
    const { made } = await server(many);
    const write = (offset: number, content: readonly string[]) =>
      stream(made, "r", { files: { "wandb-history.jsonl": { offset, content } } });
    const number = (count: number, previousValue: unknown) => ({
      typeCounts: [{ type: "number", count }],
      monotonic: true,
      previousValue,
    });
    const expected = (count: number, loss: number) => ({
      lastStep: count - 1,
      sets: [],
      keys: { loss: number(count, loss), _step: number(count, count - 1) },
    });
    expect(await keysOf(made)).toEqual(expected(10_000, 1));
    expect(await keysOf(made)).toEqual(expected(10_000, 1));
    await write(10_000, ['{"loss":2,"_step":10000}']);
    expect(await keysOf(made)).toEqual(expected(10_001, 2));
    await write(
      10_001,
      many.map((_, index) => `{"loss":3,"_step":${10_001 + index}}`),
    );
    expect(await keysOf(made)).toEqual(expected(20_001, 3));
    await write(17, ['{"loss":"now text","_step":17}']);
    const { loss } = (await keysOf(made)).keys;
    expect(loss.typeCounts).toEqual([
      { type: "number", count: 20_000 },
      { type: "string", count: 1 },
    ]);
  });
});

test("sampledHistory of a long history gives the rows that a short one's would", async () => {
  const many = Array.from({ length: 20_000 }, (_, index) => {
    const step = index % 2 === 0 ? index : 20_000 - index;
    return `{"_step":${step}${index % 1000 < 2 ? `,"rare":${index}` : ""}}`;
  });
  const { sampled } = await server(many);
  const steps = many.map((line) => JSON.parse(line)).filter(({ rare }) => rare !== undefined);
  const logged = steps.map(({ _step }) => _step);
  const byStep = [...logged].sort((a, b) => a - b);
  const rare = ["_step", "rare"];
  expect(
    await sampled(
      { keys: rare },
      { keys: rare, minStep: 0 },
      { keys: ["_step"], samples: 3 },
      { keys: rare, samples: 1 },
    ),
  ).toEqual([logged, byStep, [0, 10_000, 1], [logged.at(-1)]]);
});
