import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InterceptedAnswer, RequestInfo } from "@lazyruns/local-server";
import { describe, expect, test } from "vitest";
import { AskedRuns } from "../testing/asked-runs.ts";
import { deleteRun, editRun, type LoggedRun, logRuns } from "../testing/log-runs.ts";
import { readTable, withoutNulls } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { exportProject } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

const RUNS = 4;

function logged(run: number, more: Partial<LoggedRun> = {}): LoggedRun {
  return {
    id: `run${run}`,
    rows: Array.from({ length: 10 }, (_, step) => ({ loss: run + step / 100 })),
    system: [{ cpu: run }, { cpu: 50 }],
    config: { lr: run },
    summary: { loss: run },
    ...more,
  };
}

/** A project of ended runs that was exported, and what further exports ask for. */
async function exported(
  intercept: (request: RequestInfo) => Promise<InterceptedAnswer | undefined> = async () => undefined,
) {
  const asked = new AskedRuns();
  const { onRequest, onProgress } = asked;
  const { server, api } = await testServer({ onRequest, intercept });
  const ids = await logRuns(
    server.url,
    "demo",
    Array.from({ length: RUNS }, (_, run) => logged(run)),
  );
  const out = join(temporaryFolder(), "dataset");
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => void warnings.push(message);
  const again = () => exportProject("local/demo", { out, api, onProgress, onWarning });
  expect(await again()).toMatchObject({ runs: RUNS, rows: 10 * RUNS, systemRows: 2 * RUNS });
  asked.take();
  const verify = () => verifyExport(out, { api });
  const edit = (run: number, what: Parameters<typeof editRun>[2]) =>
    editRun(server.url, ids.get(`run${run}`) as string, what);
  return { server, asked, ids, out, again, verify, edit, warnings };
}

const NOTHING = { history: [], system: [], runs: [] };

describe("what is edited after a run has ended is noticed, and nothing else is fetched", () => {
  test.each([
    ["a summary", { summary: { loss: 1, x: 7 } }, { "summary.x": 7, summary_json: { loss: 1, x: 7 } }],
    ["a config", { config: { lr: 1, a: 2 } }, { "config.a": 2, config_json: { lr: 1, a: 2 } }],
    ["tags", { tags: ["best"] }, { tags: ["best"] }],
    ["notes", { notes: "a good one" }, { notes: "a good one" }],
  ])("%s", async (_, what, row) => {
    const { asked, again, verify, edit, out } = await exported();
    await edit(1, what);
    expect(await verify()).toMatchObject({ ok: true, behind: ["run1"] });
    asked.take();
    expect(await again()).toMatchObject({ fetchedRuns: 1, unchangedRuns: RUNS - 1, changed: true });
    expect(asked.take()).toEqual({ ...NOTHING, runs: ["run1"] });
    expect((await readTable(out, "runs"))[1]).toMatchObject({ run_id: "run1", ...row });
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
    expect(await again()).toMatchObject({ fetchedRuns: 0, changed: false });
  });

  test("further machine metrics", async () => {
    const { server, asked, again, verify, out } = await exported();
    await logRuns(server.url, "demo", [logged(2, { rows: [], system: [{ cpu: 99 }], systemOffset: 2 })]);
    expect(await verify()).toMatchObject({ ok: true, behind: ["run2"] });
    asked.take();
    expect(await again()).toMatchObject({ fetchedRuns: 1, systemRows: 2 * RUNS + 1 });
    expect(asked.take()).toEqual({ history: [], system: ["run2"], runs: ["run2"] });
    const rows = (await readTable(out, "system")).filter(({ run_id }) => run_id === "run2");
    expect(rows.map(({ cpu }) => cpu)).toEqual([2, 50, 99]);
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });

  test("further rows of the history", async () => {
    const { server, asked, again, verify } = await exported();
    await logRuns(server.url, "demo", [logged(3, { rows: [{ loss: 9 }], offset: 10, system: [] })]);
    asked.take();
    expect(await again()).toMatchObject({ fetchedRuns: 1, rows: 10 * RUNS + 1 });
    expect(asked.take()).toEqual({ history: ["run3"], system: [], runs: ["run3"] });
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });
});

describe("a server that doesn't know a field is asked without", () => {
  /** Refuses the first listing, which asks for the field, as validation does. */
  function lacking(field: string) {
    let refused = 0;
    return ({ operation }: RequestInfo): InterceptedAnswer | undefined => {
      if (operation !== "Runs" || refused++ > 0) return undefined;
      const message = `Cannot query field "${field}" on type "Run".`;
      return { status: 400, body: JSON.stringify({ errors: [{ message }] }) };
    };
  }

  test("updatedAt: every config and summary is fetched anew, and no history", async () => {
    let isLacking = false;
    const server: { refuse?: ReturnType<typeof lacking> } = {};
    const { asked, again, edit, out } = await exported(async (request) =>
      isLacking ? server.refuse?.(request) : undefined,
    );
    isLacking = true;
    const once = async () => {
      server.refuse = lacking("updatedAt");
      asked.take();
      return again();
    };
    await once(); // the marks are other ones now
    const ids = ["run0", "run1", "run2", "run3"];
    expect(await once()).toMatchObject({ fetchedRuns: RUNS, changed: false });
    expect(asked.take()).toEqual({ ...NOTHING, runs: ids });
    await edit(1, { summary: { x: 8 } });
    expect(await once()).toMatchObject({ fetchedRuns: RUNS, changed: true });
    expect(asked.take()).toEqual({ ...NOTHING, runs: ids });
    expect((await readTable(out, "runs"))[1]).toMatchObject({ "summary.x": 8 });
  });

  test("eventsLineCount: machine metrics follow the heartbeat", async () => {
    const server: { refuse?: ReturnType<typeof lacking> } = {};
    const setting = await exported(async (request) => server.refuse?.(request));
    const { asked, again, verify } = setting;
    const once = async () => {
      server.refuse = lacking("eventsLineCount");
      asked.take();
      return again();
    };
    await once();
    expect(await once()).toMatchObject({ fetchedRuns: 0, changed: false });
    await logRuns(setting.server.url, "demo", [
      logged(2, { rows: [], system: [{ cpu: 9 }], systemOffset: 2 }),
    ]);
    expect(await once()).toMatchObject({ fetchedRuns: 1, systemRows: 2 * RUNS + 1 });
    expect(asked.take()).toEqual({ history: [], system: ["run2"], runs: ["run2"] });
    server.refuse = lacking("eventsLineCount");
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });
});

test("machine metrics are proved against the server's count, run by run", async () => {
  const { out, verify } = await exported();
  const path = join(out, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const run of manifest.runs)
    if (run.id === "run2") run.system.mark = run.system.mark.replace(/2$/, "3");
  writeFileSync(path, JSON.stringify(manifest));
  expect(await verify()).toMatchObject({ ok: true, behind: ["run2"] });
  // As though the export had missed a row: the server says two now as then, and one is here.
  for (const run of manifest.runs) {
    if (run.id !== "run2") continue;
    run.system = { rows: 1, mark: run.system.mark.replace(/3$/, "2") };
  }
  const [file] = manifest.tables.system.files;
  for (const run of file.runs) if (run.id === "run2") run.rows = 1;
  writeFileSync(path, JSON.stringify(manifest));
  const { ok, problems } = await verify();
  expect(ok).toBe(false);
  expect(problems).toContainEqual({
    run: "run2",
    message: "Run run2 has 1 rows of machine metrics, and 2 on the server.",
  });
});

describe("a run that was deleted and made anew under its id", () => {
  test("is fetched whole, though it has as many rows", async () => {
    const { server, asked, again, ids, out, verify } = await exported();
    await deleteRun(server.url, ids.get("run1") as string);
    const rows = Array.from({ length: 10 }, (_, step) => ({ other: step }));
    await logRuns(server.url, "demo", [logged(1, { rows, system: [{ gpu: 1 }, { gpu: 2 }], config: {} })]);
    asked.take();
    expect(await again()).toMatchObject({ fetchedRuns: 1, rows: 10 * RUNS, vanished: [] });
    expect(asked.take()).toEqual({ history: ["run1"], system: ["run1"], runs: ["run1"] });
    await expectOther(out, rows);
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });

  test("is fetched whole where the counts alone tell", async () => {
    const { server, asked, again, ids, out, verify } = await exported();
    // The dataset as it would be had the first run been made in the same second as the second.
    await deleteRun(server.url, ids.get("run1") as string);
    const rows = [{ other: 1 }];
    await logRuns(server.url, "demo", [logged(1, { rows, system: [{ gpu: 1 }, { gpu: 2 }], config: {} })]);
    await again();
    const path = join(out, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const run of manifest.runs) if (run.id === "run1") run.history.mark = `${run.history.mark}0`; // 10 rows
    writeFileSync(path, JSON.stringify(manifest));
    asked.take();
    await again();
    expect(asked.take()).toEqual({ history: ["run1"], system: ["run1"], runs: ["run1"] });
    await expectOther(out, rows);
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });

  test("nothing of the old one is kept where the new one's rows can't be had", async () => {
    const { server, again, ids, out } = await exported();
    await deleteRun(server.url, ids.get("run1") as string);
    await logRuns(server.url, "demo", [logged(1, { rows: [{ run_id: "mine" }], config: { is: "new" } })]);
    await expect(again()).rejects.toThrow(/run1/);
    const of = async (table: string) => (await readTable(out, table)).filter((row) => row.run_id === "run1");
    expect(await of("history")).toEqual([]);
    expect(await of("runs")).toMatchObject([{ config_json: { is: "new" } }]);
  });

  test.each([
    ["before its history came", "Histories", "history"],
    ["after its history came", "Runs", "runs"],
  ])("meanwhile, %s, is left out and told of, and comes with the next call", async (_, operation, stage) => {
    let remake: (() => Promise<unknown>) | undefined;
    const setting = await exported(async (request) => {
      const turn = remake;
      if (turn === undefined || request.operation !== operation || setting.asked.stage !== stage)
        return undefined;
      remake = undefined;
      await turn();
      return undefined;
    });
    const { server, again, ids, out, verify, warnings } = setting;
    await logRuns(server.url, "demo", [logged(1, { rows: [{ loss: 5 }], offset: 10, system: [] })]);
    remake = async () => {
      await deleteRun(server.url, ids.get("run1") as string);
      await logRuns(server.url, "demo", [logged(1, { rows: [{ other: 1 }], config: { is: "new" } })]);
    };
    expect(await again()).toMatchObject({ runs: RUNS - 1, vanished: ["run1"] });
    expect(warnings.join()).toMatch(/Run run1 was deleted and made anew while it was exported/);
    for (const table of ["runs", "history", "system"]) {
      expect((await readTable(out, table)).filter(({ run_id }) => run_id === "run1")).toEqual([]);
    }
    expect(await again()).toMatchObject({ runs: RUNS, vanished: [] });
    await expectOther(out, [{ other: 1 }], { is: "new" });
    expect(await verify()).toMatchObject({ ok: true, behind: [] });
  });

  async function expectOther(out: string, rows: readonly object[], config: object = {}) {
    const of = async (table: string) =>
      (await readTable(out, table)).filter(({ run_id }) => run_id === "run1").map(withoutNulls);
    expect(await of("history")).toEqual(rows.map((row, _step) => ({ run_id: "run1", _step, ...row })));
    expect(await of("runs")).toMatchObject([{ config_json: config }]);
    for (const row of await of("system")) expect(Object.keys(config)).toEqual("gpu" in row ? [] : ["is"]);
  }
});

test("a run that vanished keeps its row in runs, and its rows elsewhere", async () => {
  const { server, again, ids, out, edit } = await exported();
  await deleteRun(server.url, ids.get("run2") as string);
  await edit(0, { notes: "so that the table is written anew" });
  expect(await again()).toMatchObject({ runs: RUNS, vanished: ["run2"], changed: true });
  for (const [table, count] of [
    ["runs", 1],
    ["history", 10],
    ["system", 2],
  ] as const) {
    const rows = (await readTable(out, table)).filter(({ run_id }) => run_id === "run2");
    expect(rows).toHaveLength(count);
  }
  const row = (await readTable(out, "runs")).find(({ run_id }) => run_id === "run2");
  expect(row).toMatchObject({ config_json: { lr: 2 }, "config.lr": 2, "summary.loss": 2, state: "finished" });
});

test("a run that grows while it is exported is behind, no problem, and comes without doubles", async () => {
  let grow: (() => Promise<unknown>) | undefined;
  const { server, api } = await testServer({
    intercept: async ({ operation }) => {
      const grown = operation === "Histories" ? grow : undefined;
      grow = grown === undefined ? grow : undefined;
      await grown?.();
      return undefined;
    },
  });
  const rowsFrom = (from: number) => Array.from({ length: 10 }, (_, row) => ({ loss: from + row }));
  const more = (offset: number) =>
    logRuns(server.url, "demo", [
      {
        ...{ id: "run0", running: true, offset, rows: rowsFrom(offset) },
        ...{ system: [{ cpu: offset }], systemOffset: offset / 10 },
      },
    ]);
  await more(0);
  const out = join(temporaryFolder(), "dataset");
  for (let at = 10; at <= 30; at += 10) {
    grow = () => more(at);
    const { rows } = await exportProject("local/demo", { out, api });
    expect(rows).toBe(at + 10); // as many as there were when they were asked for
    expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [], behind: ["run0"] });
    const losses = (await readTable(out, "history")).map(({ loss }) => loss);
    expect(losses).toEqual([...Array(at + 10).keys()]);
  }
  await exportProject("local/demo", { out, api });
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [], behind: [] });
  expect((await readTable(out, "system")).map(({ cpu }) => cpu)).toEqual([0, 10, 20, 30]);
});
