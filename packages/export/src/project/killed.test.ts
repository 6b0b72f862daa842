import { join } from "node:path";
import type { HistoryRow } from "@lazyruns/core";
import { describe, expect, test } from "vitest";
import { exportChildren } from "../testing/child.ts";
import { logRuns } from "../testing/log-runs.ts";
import { readTable } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { SMALL_PARTS } from "../testing/small-parts.ts";
import { exportProject, exportWithin } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

const RUNS = 12;

function projectOf(extra: number) {
  return Array.from({ length: RUNS }, (_, run) => ({
    id: `r${String((run * 7) % RUNS).padStart(2, "0")}`,
    rows: Array.from({ length: run === 5 ? 250 : 20 + extra }, (_, step) => ({
      loss: run + step / 10,
      ...(run % 3 === 0 ? { [`only${run}`]: step } : {}),
    })),
    system: [{ cpu: run }],
    config: { run, extra },
  }));
}

interface Tables {
  readonly history?: unknown;
  readonly system?: unknown;
  readonly runs?: unknown;
}

async function tables(out: string) {
  const [history, system, runs] = await Promise.all(
    ["history", "system", "runs"].map((name) => readTable(out, name)),
  );
  return { history: history ?? [], system: system ?? [], runs: ids(runs ?? []) };
}

/** Of the table of runs, what doesn't depend on when it was. */
function ids(runs: readonly HistoryRow[]): unknown[] {
  return runs.map((run) => [run.run_id, run["config.extra"], run.historyLineCount]);
}

describe("killed at any step", () => {
  const children = exportChildren();

  test("the next call goes on, and the dataset is as if nothing had been", { timeout: 240_000 }, async () => {
    const { server, api } = await testServer();
    await logRuns(server.url, "demo", projectOf(0));
    const whole = join(temporaryFolder(), "dataset");
    await exportProject("local/demo", { out: whole, api });
    const first = await tables(whole);
    const out = join(temporaryFolder(), "dataset");
    await killedOnTheWay(server.url, out, 2, {}, first);
    expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [] });

    await logRuns(server.url, "demo", projectOf(1));
    await exportProject("local/demo", { out: whole, api });
    const second = await tables(whole);
    expect(second.history).toHaveLength(first.history.length + RUNS - 1);
    await killedOnTheWay(server.url, out, 1, first, second);
    expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [] });
  });

  test("a run longer than a part is gone on with, from its last staged step on", {
    timeout: 240_000,
  }, async () => {
    const windows: number[] = [];
    const { server, api } = await testServer({
      onRequest: ({ operation, variables }) => {
        if (operation === "RunRows") windows.push(Number(variables?.minStep));
      },
    });
    // Three rows a step, as no client logs them and servers may have them: a step's rows stay together.
    const rows = Array.from({ length: 6000 }, (_, row) => ({ _step: Math.floor(row / 3), loss: row }));
    await logRuns(server.url, "demo", [
      { id: "long", rows },
      { id: "short", rows: [{ loss: 1 }] },
    ]);
    const out = join(temporaryFolder(), "dataset");
    for (const at of [150, 100]) {
      windows.length = 0;
      expect((await children.run(server.url, "local/demo", out, at)).signal).toBe("SIGKILL");
    }
    expect(Math.min(...windows)).toBeGreaterThan(100);
    const result = await exportWithin("local/demo", { out, api }, SMALL_PARTS);
    expect(result).toMatchObject({ runs: 2, rows: 6001 });
    const losses = (await readTable(out, "history")).map(({ loss }) => loss);
    expect(losses).toEqual([...rows.map(({ loss }) => loss), 1]);
    expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [] });
  });

  /** Killed again and again, a few steps further on each time; what is seen meanwhile is what was there or what comes. */
  async function killedOnTheWay(url: string, out: string, from: number, before: Tables, after: Tables) {
    for (let at = from; at < 1000; at += 4) {
      const end = await children.run(url, "local/demo", out, at);
      expect(end.errors).toBe("");
      if (end.done !== undefined) break;
      expect(end.signal).toBe("SIGKILL");
      for (const name of ["history", "system", "runs"] as const) {
        const rows = await readTable(out, name).catch(missing);
        if (rows !== undefined)
          expect([before[name], after[name]]).toContainEqual(name === "runs" ? ids(rows) : rows);
      }
    }
    expect(await tables(out)).toEqual(after);
  }
});

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
