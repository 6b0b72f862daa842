import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Metric } from "../../data/history-data.ts";
import { type MadeRun, madeHistory, madeRuns } from "../../testing/made-history.ts";
import { curvesOf } from "./curves.ts";
import { gapsOf } from "./gaps.ts";
import { groupings, OWN_GROUPS } from "./groups.ts";
import { hoveredAt, nextX } from "./hovered.ts";
import { keepSame } from "./keep-same.ts";
import { linesOf, MOST_LINES } from "./lines.ts";
import { chartMetrics, FIRST_CHARTS, firstMetrics } from "./metric-choice.ts";
import { firstAtLeast, nearestTo } from "./search.ts";
import { summaryOf } from "./summary.ts";
import { loggedWithin, xWindowOf, yWindowOf, zoomWithin } from "./windows.ts";
import { xAxisOf, xChoices } from "./x-axis.ts";

const run = (id: string, loss: readonly (number | null)[], more: Partial<MadeRun> = {}): MadeRun => ({
  id,
  columns: { _step: loss.map((_, at) => at), loss },
  ...more,
});

/** The curves of the metric `loss`. */
function drawn(runs: readonly MadeRun[], options: Partial<Parameters<typeof curvesOf>[0]> = {}) {
  const history = madeHistory(runs);
  const metric = history.metrics.find(({ name }) => name === "loss") as (typeof history.metrics)[number];
  return curvesOf({
    metric,
    cells: history.columns.find(({ name }) => name === "loss")?.values,
    x: xAxisOf(history, "_step"),
    lines: linesOf(history, undefined, undefined).lines,
    smoothing: 0,
    logX: false,
    logY: false,
    ...options,
  });
}

describe("search", () => {
  test("finds the nearest of ordered values", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: -60, max: 60 }), (some, value) => {
        const ordered = Float64Array.from(some).sort();
        const distance = (at: number) => Math.abs((ordered[at] as number) - value);
        expect(distance(nearestTo(ordered, value))).toBe(Math.min(...ordered.map((_, at) => distance(at))));
        const first = firstAtLeast(ordered, value);
        expect(ordered.slice(0, first).every((one) => one < value)).toBe(true);
        expect(ordered.slice(first).every((one) => one >= value)).toBe(true);
      }),
    );
  });
});

describe("lines", () => {
  test("are all runs in order, or those that are shown in theirs", () => {
    const history = madeHistory([run("a", [1]), run("b", [2]), run("c", [])]);
    expect(linesOf(history, undefined, undefined).lines.map(({ key }) => key)).toEqual(["a", "b"]);
    const { lines, absent } = linesOf(history, ["b", "z", "b", "a"], undefined);
    expect([lines.map(({ key }) => key), absent]).toEqual([["b", "a"], 1]);
    expect(linesOf(history, [], undefined)).toEqual({ lines: [], total: 0, absent: 0 });
  });

  test("of one name are told apart by their ids, whatever they are called", () => {
    const names = ["same", "same", "__proto__", "constructor", ""];
    const history = madeHistory(names.map((name, at) => run(`id${at}`, [1], { name })));
    expect(linesOf(history, undefined, undefined).lines.map(({ label }) => label)).toEqual([
      "same (id0)",
      "same (id1)",
      "__proto__",
      "constructor",
      "id4",
    ]);
  });

  test("are a hundred at most, and it is known how many there would be", () => {
    const history = madeHistory(Array.from({ length: 250 }, (_, at) => run(`r${at}`, [at])));
    const { lines, total } = linesOf(history, undefined, undefined);
    expect([lines.length, total]).toEqual([MOST_LINES, 250]);
  });

  test("of groups hold the rows of each of their runs", () => {
    const history = madeHistory([run("a", [1]), run("b", [2]), run("c", [3])]);
    const runs = madeRuns(["c", "b", "a"], { lr: [0.1, 0.2, 0.1], same: [1, 1, 1], part: [null, 2, null] });
    const found = groupings(history, runs, "none", undefined);
    expect(found.map(({ name }) => name)).toEqual(["lr", "part"]);
    const by = (name: string) => {
      const grouping = found.find((one) => one.name === name);
      return linesOf(history, undefined, grouping?.groupOf).lines.map(({ label, runs }) => [
        label,
        runs.length,
      ]);
    };
    expect(by("lr")).toEqual([
      ["0.1", 2],
      ["0.2", 1],
    ]);
    expect(by("part")).toEqual([
      ["none", 2],
      ["2", 1],
    ]);
    expect(groupings(history, runs, "none", "config:same").map(({ name }) => name)).toContain("same");
  });

  test("of a plot's own groups may share a run", () => {
    const history = madeHistory([
      run("a", [1], { group: "x" }),
      run("a", [2], { group: "y" }),
      run("b", [3], { group: "x" }),
    ]);
    const [own] = groupings(history, undefined, "none", undefined);
    expect(own?.key).toBe(OWN_GROUPS);
    const { lines } = linesOf(history, undefined, own?.groupOf);
    expect(lines.map(({ label, runs }) => [label, runs.length])).toEqual([
      ["x", 2],
      ["y", 1],
    ]);
    const [a] = linesOf(history, undefined, undefined).lines;
    expect(a?.runs).toEqual([history.runs.slice(0, 2)]);
  });
});

describe("curves", () => {
  test("go along x in its order, without what isn't there", () => {
    const columns = { _step: [3, 1, 2, null, 1], loss: [30, 10, null, 5, 11] };
    const [curve] = drawn([{ id: "a", columns }]).curves;
    expect([[...(curve?.x ?? [])], [...(curve?.y ?? [])]]).toEqual([
      [1, 1, 3],
      [10, 11, 30],
    ]);
    expect(drawn([{ id: "a", columns: { _step: [null, null], loss: [1, 2] } }]).curves).toEqual([]);
  });

  test("have gaps where something was logged that is no number, and none where nothing was", () => {
    const found = drawn([run("a", [1, Number.NaN, 3, null, 5, Number.POSITIVE_INFINITY, 7])]);
    expect([...(found.curves[0]?.gaps ?? [])]).toEqual([1, 5]);
    expect([found.notFinite, found.notPositive]).toEqual([2, 0]);
  });

  test("on logarithmic axes leave out what isn't above 0, and say so", () => {
    const y = drawn([run("a", [1, 0, -2, 4])], { logY: true });
    expect([[...(y.curves[0]?.y ?? [])], y.notPositive]).toEqual([[1, 4], 2]);
    const x = drawn([run("a", [1, 2, 3])], { logX: true });
    expect([[...(x.curves[0]?.x ?? [])], x.notPositive]).toEqual([[1, 2], 1]);
  });

  test("that are smoothed keep what was logged", () => {
    const logged = Array.from({ length: 500 }, (_, at) => (at % 2) * 10);
    const [curve] = drawn([run("a", logged)], { smoothing: 0.9 }).curves;
    expect([...(curve?.raw?.y ?? [])]).toEqual(logged);
    expect(Math.max(...(curve?.y ?? []).slice(50))).toBeLessThan(8);
    expect(drawn([run("a", [0, 10])]).curves[0]?.raw).toBeUndefined();
    expect(summaryOf(curve as NonNullable<typeof curve>)).toMatchObject({
      first: 0,
      last: 10,
      min: 0,
      max: 10,
    });
  });

  test("of a group are the mean between the least and the most", () => {
    const history = madeHistory([run("a", [1, 2]), run("b", [3, 6])]);
    const { lines } = linesOf(history, undefined, () => "all");
    const [mean] = drawn([run("a", [1, 2]), run("b", [3, 6])], { lines }).curves;
    expect([[...(mean?.y ?? [])], [...(mean?.low ?? [])], [...(mean?.high ?? [])]]).toEqual([
      [2, 4],
      [1, 2],
      [3, 6],
    ]);
  });

  test("count rows where nothing else is x", () => {
    const question = { cells: undefined, x: xAxisOf(madeHistory([]), null), logX: false, logY: false };
    const values = Float64Array.of(9, 1, Number.POSITIVE_INFINITY, 2);
    expect([...gapsOf({ ...question, values }, [{ start: 1, end: 4 }]).at]).toEqual([1]);
  });
});

describe("windows", () => {
  const noise = (at: number) => 1 + Math.sin(at) / 10;
  const calm = (id: string) =>
    run(
      id,
      Array.from({ length: 60 }, (_, at) => noise(at)),
    );
  const wild = run(
    "wild",
    Array.from({ length: 60 }, (_, at) => 10 ** (at / 3)),
  );
  const window = { x: [0, 59] as const, logX: false, logY: false, isWhole: false };

  test("of y leave out a run that diverged, and say which", () => {
    const { curves } = drawn([calm("a"), calm("b"), calm("c"), calm("d"), wild]);
    const cut = yWindowOf(curves, window);
    expect(cut.domain[1]).toBeLessThan(2);
    expect([cut.beyond, cut.reach]).toEqual([1, [1, 10 ** (59 / 3)]]);
    const whole = yWindowOf(curves, { ...window, isWhole: true });
    expect(whole.domain[1]).toBeGreaterThan(10 ** (59 / 3));
    expect(whole.beyond).toBe(0);
  });

  test("of a logarithmic y leave out what is powers of ten away, and nothing else", () => {
    const log = { ...window, logY: true };
    const near = (id: string) =>
      run(
        id,
        Array.from({ length: 60 }, (_, at) => 2 / (1 + at)),
      );
    const grown = (id: string, power: number) =>
      run(
        id,
        Array.from({ length: 60 }, (_, at) => 10 ** ((at / 59) * power)),
      );
    const { curves } = drawn([near("a"), near("b"), near("c"), grown("wild", 297)], { logY: true });
    const cut = yWindowOf(curves, log);
    expect(cut.domain[1]).toBeLessThan(1e3);
    expect([cut.beyond, cut.reach]).toEqual([1, [1, 1e297]]);
    expect(yWindowOf(curves, { ...log, isWhole: true })).toMatchObject({ beyond: 0 });
    const some = drawn([near("a"), near("b"), near("c"), grown("high", 9)], { logY: true });
    expect(yWindowOf(some.curves, log).beyond).toBe(0);
    expect(yWindowOf(some.curves, log).domain[1]).toBeGreaterThan(1e9);
  });

  test("of y leave out the spikes of a single run", () => {
    const { curves } = drawn([
      run(
        "a",
        Array.from({ length: 60 }, (_, at) => (at === 30 ? 1e9 : noise(at))),
      ),
    ]);
    expect(yWindowOf(curves, window).domain[1]).toBeLessThan(2);
    expect(yWindowOf(curves, window).beyond).toBe(1);
  });

  test("of y hold what a part of x shows, with air around", () => {
    const { curves } = drawn([run("a", [0, 100, 1, 2, 3, 50])]);
    const { domain } = yWindowOf(curves, { ...window, x: [2, 4] });
    expect(domain[0]).toBeLessThan(1);
    expect(domain[1]).toBeGreaterThan(3);
  });

  test.each([true, false])("of any values are finite and have an extent (logarithmic: %s)", (logY) => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        const { curves } = drawn([run("a", values)], { logY });
        const [low, high] = yWindowOf(curves, { x: [0, 30], logX: false, logY, isWhole: false }).domain;
        expect(Number.isFinite(low) && Number.isFinite(high) && low < high).toBe(true);
        if (logY) expect(low).toBeGreaterThan(0);
      }),
    );
  });

  test("of x hold all runs where some metric has a value", () => {
    const history = madeHistory([
      { id: "a", columns: { _step: [0, 1, 2, 90], loss: [null, 1, 2, null] } },
      { id: "b", columns: { _step: [5, 7, 8], loss: [1, 2, Number.NaN] } },
    ]);
    const { lines } = linesOf(history, undefined, undefined);
    const metrics = history.metrics.filter(({ name }) => name === "loss").map(({ values }) => values);
    const question = { x: xAxisOf(history, "_step"), lines, metrics, logX: false };
    expect(xWindowOf(question)).toEqual([1, 7]);
    expect(xWindowOf({ ...question, metrics: [] })).toBeUndefined();
  });

  test("of zooming stay within the whole, and are no points", () => {
    expect(zoomWithin([-5, 5], [0, 10], false)).toEqual([0, 5]);
    expect(zoomWithin([-5, 15], [0, 10], false)).toBeUndefined();
    expect(zoomWithin([20, 30], [0, 10], false)).toBeUndefined();
    const [low, high] = zoomWithin([5, 5 + 1e-15], [0, 10], false) as [number, number];
    expect(high).toBeGreaterThan(low);
  });

  test("of zooming on a logarithmic axis come as close at its beginning as anywhere", () => {
    const whole = [1e-6, 1e6] as const;
    expect(zoomWithin([1e-6, 6e-5], whole, true)).toEqual([1e-6, 6e-5]);
    const [low, high] = zoomWithin([1e-5, 1e-5 * (1 + 1e-12)], whole, true) as [number, number];
    expect(low).toBe(1e-5);
    expect(high / low - 1).toBeGreaterThan(1e-9);
    expect(high / low - 1).toBeLessThan(1e-6);
  });

  const along = (id: string, x: readonly number[], loss: readonly number[]) => ({
    id,
    columns: { _step: x, loss },
  });
  const steps = Array.from({ length: 101 }, (_, at) => at);
  const long = along(
    "long",
    steps,
    steps.map((step) => 0.1 + Math.sin(step) / 100),
  );
  const near = [0.08, 0.12] as const;

  test.each([
    [
      "ends before",
      along(
        "early",
        steps.slice(0, 51),
        steps.slice(0, 51).map((x) => 10 - x / 25),
      ),
      [60, 100],
    ],
    ["begins after", along("late", steps.slice(80), Array(21).fill(500)), [0, 20]],
    ["has a gap over", along("gap", [0, 1, 50, 99, 100], [9, 9, Number.NaN, 9, 9]), [40, 60]],
  ] as const)("of y know nothing of a curve that %s the window of x", (_, other, x) => {
    const { curves } = drawn([long, other]);
    const { domain, beyond } = yWindowOf(curves, { ...window, x });
    expect(domain[0]).toBeGreaterThan(near[0]);
    expect(domain[1]).toBeLessThan(near[1]);
    expect(beyond).toBe(0);
  });

  test("of y hold what a line crosses between two points, straight as it is drawn", () => {
    const { curves } = drawn([along("a", [1, 100], [1, 10_000])]);
    const [low, high] = yWindowOf(curves, { ...window, x: [50, 60] }).domain;
    expect((low + high) / 2).toBeCloseTo(1 + 9999 * (54 / 99), 6);
    const log = yWindowOf(curves, { x: [10, 10.1], logX: true, logY: true, isWhole: false }).domain;
    expect(Math.log10(log[0])).toBeCloseTo(2, 2);
    expect(Math.log10(log[1])).toBeCloseTo(2, 1);
    expect(yWindowOf(curves, { ...window, x: [200, 300] })).toMatchObject({ beyond: 0 });
  });

  test("of x know from where to where values were logged in them", () => {
    const { curves } = drawn([along("a", [0, 5, 10], [1, 2, 3]), along("b", [0, 6], [7, 5])]);
    expect(loggedWithin(curves, [4, 6])).toEqual([2, 5]);
    expect(loggedWithin(curves, [7, 9])).toBeUndefined();
  });
});

test("the pointer finds each curve's nearest point, where the curve is", () => {
  const { curves } = drawn([run("a", [1, 2, 3, 4]), run("b", [5, 6])]);
  expect(hoveredAt(curves, 0.8, 0.1).map(({ curve, y }) => [curve.key, y])).toEqual([
    ["a", 2],
    ["b", 6],
  ]);
  expect(hoveredAt(curves, 2.6, 0.1).map(({ curve, x }) => [curve.key, x])).toEqual([["a", 3]]);
  expect(nextX(curves, 1, true)).toBe(2);
  expect(nextX(curves, 1, false)).toBe(0);
  expect(nextX(curves, 3, true)).toBeUndefined();
});

test("rows that share an x are one step of the cursor, which tells the last of them", () => {
  const columns = { _step: [0, 0, 0, 1, 1, 1, 2, 2, 2], loss: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
  const { curves } = drawn([{ id: "a", columns }]);
  expect([0, 1, 2].map((x) => nextX(curves, x, true))).toEqual([1, 2, undefined]);
  expect([2, 1, 0].map((x) => nextX(curves, x, false))).toEqual([1, 0, undefined]);
  expect([-0.1, 1.2, 9].map((x) => hoveredAt(curves, x, 10)[0]?.y)).toEqual([3, 6, 9]);
});

test("whether runs differ in a key is known at the first that does", () => {
  const ids = Array.from({ length: 1000 }, (_, at) => `r${at}`);
  let reads = 0;
  const values = new Proxy(ids, {
    get: (all, key) => {
      reads++;
      return Reflect.get(all, key);
    },
  });
  const runs = madeRuns(ids, {});
  const [column] = madeRuns(ids, { lr: ids }).columns;
  if (column === undefined) throw new Error("There is no column");
  const history = madeHistory(ids.map((id) => run(id, [1])));
  const found = groupings(history, { ...runs, columns: [{ ...column, values }] }, "none", undefined);
  expect(found.map(({ name }) => name)).toEqual(["lr"]);
  expect(reads).toBeLessThan(5);
});

test("groups logged at other steps begin where their runs do, on whole steps", () => {
  const logged = (id: string, from: number, by: number) => ({
    id,
    columns: {
      _step: Array.from({ length: 40 }, (_, at) => from + at * by),
      loss: Array.from({ length: 40 }, (_, at) => at),
    },
  });
  const history = madeHistory([logged("a", 10, 10), logged("b", 11, 7)]);
  const { lines } = linesOf(history, undefined, () => "all");
  const metric = history.metrics.find(({ name }) => name === "loss") as Metric;
  const x = xAxisOf(history, "_step");
  const [curve] = curvesOf({
    metric,
    cells: undefined,
    x,
    lines,
    smoothing: 0,
    logX: true,
    logY: false,
  }).curves;
  expect(curve?.x[0]).toBe(10);
  expect(curve?.x.every(Number.isInteger)).toBe(true);
});

describe("x", () => {
  test("is moments, lengths or numbers", () => {
    const columns = { _step: [1], _runtime: [2], _timestamp: [1.8e9], loss: [3] };
    const history = madeHistory([{ id: "a", columns }]);
    expect(xAxisOf(history, "_timestamp")).toMatchObject({ kind: "time", values: Float64Array.of(1.8e12) });
    expect(xAxisOf(history, "_runtime").kind).toBe("length");
    expect(xAxisOf(history, "loss").kind).toBe("number");
    expect(xAxisOf(history, "gone")).toMatchObject({ name: null, values: undefined });
    expect(xChoices(history)).toEqual(["_step", "_runtime", "_timestamp", "loss"]);
    expect(xChoices({ ...history, x: null })[0]).toBeNull();
  });
});

describe("metrics", () => {
  const columns = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`m${at}`, [1, 2]]));

  test("are the first dozen at first, or a plot's own", () => {
    const history = madeHistory([{ id: "a", columns: { _step: [0, 1], ...columns } }]);
    const all = chartMetrics(history);
    expect(all).toHaveLength(200);
    expect(firstMetrics(history, all)).toHaveLength(FIRST_CHARTS);
    const plot = { y: ["m7", "gone", "m3"], groupBy: null, smooth: 0, logY: false };
    const plotted = { ...history, plot };
    expect(firstMetrics(plotted, chartMetrics(plotted))).toEqual(["m7", "m3"]);
  });

  test("stay in their places when others come", () => {
    const history = madeHistory([{ id: "a", columns: { _step: [0, 1], a: [1, null], z: [1, 2] } }]);
    expect(chartMetrics(history)).toEqual(["z", "a"]);
    expect(chartMetrics(history, ["a", "gone"])).toEqual(["a", "z"]);
  });
});

test("what is the same in other data is the same object", () => {
  const made = (last: number) =>
    madeHistory([{ id: "a", columns: { _step: [0, 1], same: [1, Number.NaN], other: [2, last] } }]);
  const before = made(3);
  const now = keepSame(made(4), before);
  expect(now.metrics.map((metric, at) => metric === before.metrics[at])).toEqual([true, true, false]);
  expect(now.columns.map((column, at) => column === before.columns[at])).toEqual([true, true, false]);
});
