import { readdirSync } from "node:fs";
import type { Run } from "@lazyruns/core";
import { loadPolars } from "@lazyruns/dataframes/polars";
import { describe, expect, test, vi } from "vitest";
import { lazyHistory } from "../polars.ts";
import { logRuns } from "../testing/log-runs.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";

const pl = loadPolars();

/** Rows of a run, of which some are in files and the last ones, of a resumed run, aren't. */
async function exportedRun(parquet = true): Promise<{ run: Run; cache: string }> {
  const cache = temporaryFolder();
  vi.stubEnv("LAZYRUNS_CACHE_DIR", cache);
  const { server, api } = await testServer({ parquet });
  const rows = Array.from({ length: 3000 }, (_, step) => ({
    loss: 1 / (step + 1),
    ...(step % 2 === 0 && { even: step }),
    text: `t${step % 3}`,
  }));
  await logRuns(server.url, "p", [{ id: "a", rows: rows.slice(0, 2000) }]);
  await logRuns(server.url, "p", [{ id: "a", rows: rows.slice(2000), offset: 2000, running: true }]);
  return { run: await api.run("local/p/a"), cache };
}

describe("a lazy history", { timeout: 60_000 }, () => {
  test("has the rows of files and those that are in none, as a scan has them", async () => {
    const { run, cache } = await exportedRun();
    const frames = [];
    for await (const frame of run.scanHistory({ format: "polars" })) frames.push(frame);
    const history = await lazyHistory(run);
    const all = await history.collect();
    expect(readdirSync(cache, { recursive: true }).some((name) => String(name).endsWith(".parquet"))).toBe(
      true,
    );
    expect(all.toObject()).toEqual(pl.concat(frames, { how: "diagonalRelaxed" }).toObject());
    expect(all.height).toBe(3000);
    expect(all.columns.slice(0, 2)).toEqual(["run_id", "_step"]);
  });

  test("reads from files what a query needs", async () => {
    const { run } = await exportedRun();
    const history = await lazyHistory(run, { keys: ["even", "loss"], match: "any" });
    const query = history.filter(pl.col("_step").gtEq(1990)).select("even");
    const plan = query.describeOptimizedPlan();
    expect(plan).toMatch(/Parquet SCAN/);
    expect(plan).toMatch(/PROJECT [23]\/\d COLUMNS/);
    expect(plan).toMatch(/SELECTION: .*_step/);
    expect((await query.collect()).toObject().even).toHaveLength(1010);
  });

  test("of some steps and keys", async () => {
    const { run } = await exportedRun();
    const history = await lazyHistory(run, { keys: ["even"], minStep: 1997, maxStep: 2003 });
    expect((await history.collect()).toObject()).toEqual({
      run_id: ["a", "a", "a"],
      _step: [1998, 2000, 2002],
      even: [1998, 2000, 2002],
    });
  });

  test("is of pages where the server has no files", async () => {
    const { run, cache } = await exportedRun(false);
    expect((await (await lazyHistory(run)).collect()).height).toBe(3000);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("without a row has no columns that are known", async () => {
    const { run } = await exportedRun();
    await expect(lazyHistory(run, { minStep: 5000 })).rejects.toThrow(
      /Run a has no rows such as were asked for/,
    );
    expect(() => run.scanHistory({ format: "polars-lazy", datetimes: 1 as never })).toThrow(/datetimes is 1/);
  });
});
