import { format, inspect } from "node:util";
import type { RunsCheckpoint } from "@lazyruns/core";
import { describe, expect, it } from "vitest";
import { API_KEY } from "../support/python.ts";
import { askPython } from "./ask-python.ts";
import { countedServer } from "./counted-server.ts";

const RUNS = 120;
const STEPS = 30;
const PATH = "local/many";

const counted = countedServer(PATH, { runs: RUNS, steps: STEPS });
const { requests } = counted;

const collection = () => counted.api.runs(PATH, { perPage: 50 });

describe("requests that reach the server, for 120 runs of which a page holds 50", () => {
  it("listing: 3", async () => {
    const runs = collection();
    expect(await runs.toArray()).toHaveLength(RUNS);
    expect(requests).toHaveLength(3);

    // two loops, one in the other, over what is there: none more
    let pairs = 0;
    for await (const _ of runs) for await (const _ of runs) pairs++;
    expect(pairs).toBe(RUNS * RUNS);
    expect(await runs.length).toBe(RUNS);
    expect(requests).toHaveLength(3);
  });

  it("length: 1, remembered", async () => {
    const runs = collection();
    expect([await runs.length, await runs.length]).toEqual([RUNS, RUNS]);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["of chosen keys", { keys: ["loss"] }, STEPS],
    ["of every key", {}, STEPS],
    ["of the machine", { stream: "system" }, 1],
  ] as const)("histories %s of a fresh collection: at most 6", async (_, options, rowsOfRun) => {
    const rows = await collection().histories(options);
    expect(rows).toHaveLength(RUNS * rowsOfRun);
    expect(new Set(rows.map(({ run_id }) => run_id)).size).toBe(RUNS);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it("upgrading all loaded runs: at most 3, and none the second time", async () => {
    const runs = collection();
    await runs.toArray();
    requests.length = 0;
    const full = await runs.upgradeToFull();
    expect(requests.length).toBeLessThanOrEqual(3);
    requests.length = 0;
    await runs.upgradeToFull();
    expect((await full.toArray()).map(({ config }) => config.index)).toEqual([...Array(RUNS).keys()]);
    expect(requests).toEqual([]);
  });

  it("a loop that loads each run: at most 6", async () => {
    const indexes: unknown[] = [];
    for await (const run of collection()) indexes.push((await run.load()).config.index);
    expect(indexes).toEqual([...Array(RUNS).keys()]);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it("a table of chosen keys: the listing's own pages, and the keys alone", async () => {
    const rows = await counted.api
      .runs(PATH)
      .table({ config: ["index"], summary: ["accuracy"], fields: ["state"] });
    expect(rows).toHaveLength(RUNS);
    expect(rows.map((row) => row["config.index"])).toEqual([...Array(RUNS).keys()]);
    expect(rows.map((row) => row["summary.accuracy"])).toEqual(
      [...Array(RUNS).keys()].map((index) => index / RUNS),
    );
    expect(Object.keys(rows[0] ?? {})).toEqual(["run_id", "state", "config.index", "summary.accuracy"]);
    expect(requests).toHaveLength(1);
    await collection().table({ config: ["index"] });
    expect(requests).toHaveLength(1 + 3);
  });

  it("pages that are resumed: one more, to see that the place still holds", async () => {
    const ids: string[] = [];
    let resume: RunsCheckpoint | undefined;
    for await (const page of collection().pages({ keep: false })) {
      ids.push(...page.map(({ id }) => id));
      resume = page.checkpoint;
      break;
    }
    requests.length = 0;
    for await (const run of counted.api.runs(PATH, { perPage: 50, resume })) ids.push(run.id);
    expect(ids).toEqual([...Array(RUNS).keys()].map((index) => `run-${index}`));
    expect(requests).toHaveLength(1 + 2);
  });

  it("start and limit: the ids of what is passed over, and what is left", async () => {
    const runs = counted.api.runs(PATH, { start: 100, limit: 15 });
    expect((await runs.toArray()).map(({ id }) => id)).toEqual(
      [...Array(15).keys()].map((index) => `run-${index + 100}`),
    );
    expect(await runs.length).toBe(15);
    expect(requests).toHaveLength(2);
  });

  it("a loop that stops at the first run: at most 2", async () => {
    for await (const run of collection()) {
      expect(run.id).toBe("run-0");
      break;
    }
    expect(requests.length).toBeLessThanOrEqual(2);
  });

  it("making a collection and printing it, or a run of it: none", async () => {
    const runs = collection();
    expect(format("%o %O %s", runs, runs, runs)).not.toContain(API_KEY);
    expect(JSON.stringify(runs)).not.toContain(API_KEY);
    for await (const run of runs) {
      requests.length = 0;
      expect(inspect(run, { depth: 9, showHidden: true })).toContain(run.id);
      expect(JSON.stringify(run)).toContain(run.id);
      break;
    }
    // Whatever they had asked for was sent before this.
    expect(await counted.api.runs(PATH, { filters: { name: "run-7" } }).length).toBe(1);
    expect(requests).toHaveLength(1);
  });

  it("the counter counts: Python's histories ask once a run, for the same rows", async () => {
    const [expected] = await askPython(counted.url, PATH, [
      { kind: "histories", options: { keys: ["loss"] } },
    ]);
    expect(requests.length).toBeGreaterThan(RUNS);
    expect(await collection().histories({ keys: ["loss"] })).toEqual(expected);
  });
});
