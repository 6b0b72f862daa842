import { join } from "node:path";
import { exportProject, verifyExport } from "@lazyruns/export";
import type { RequestInfo } from "@lazyruns/local-server";
import { expect, test } from "vitest";
import { runPython } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";
import { DuckDB, quote } from "./by-duckdb.ts";

const PATH = "local/edits";

test("what the real client edits of a run that has ended comes with the next export, and nothing else is fetched", async () => {
  const requests: RequestInfo[] = [];
  const { server, api } = await testServer({ onRequest: (request) => requests.push(request) });
  const out = join(temporaryFolder(), "dataset");
  await using duckdb = await DuckDB.open();
  const python = (run: string, what: string) =>
    runPython(new URL("edit_run.py", import.meta.url), {
      baseUrl: server.url,
      args: [`${PATH}/${run}`, what],
      env: { WANDB_X_DISABLE_STATS: "true" },
    });
  /** Whose rows are fetched by an export. */
  const exported = async () => {
    requests.length = 0;
    const result = await exportProject(PATH, { out, api });
    const rows = requests.filter(({ operation = "" }) => ["Histories", "RunRows"].includes(operation));
    return { result, rows: rows.length };
  };
  await python("a", "log");
  await python("b", "log");
  expect((await exported()).result).toMatchObject({ runs: 2, rows: 2 });

  for (const [what, column, value] of [
    ["summary", `"summary.x"`, "1"],
    ["config", `"config.a"`, "2"],
    ["tags", "tags", '["best"]'],
    ["notes", "notes", "a good one"],
  ] as const) {
    await python("a", what);
    expect(await verifyExport(out, { api }), what).toMatchObject({ ok: true, behind: ["a"] });
    const { result, rows } = await exported();
    expect(result, what).toMatchObject({ fetchedRuns: 1, unchangedRuns: 1 });
    expect(rows, what).toBe(0);
    const runs = `read_parquet(${quote(`${out}/runs/*.parquet`)})`;
    const found = await duckdb.rows(`SELECT ${column}::VARCHAR FROM ${runs} WHERE run_id = 'a'`);
    expect(found.flat(), what).toEqual([value]);
    expect((await exported()).result, what).toMatchObject({ fetchedRuns: 0, changed: false });
  }

  await python("a", "resume");
  const { result, rows } = await exported();
  expect(result).toMatchObject({ fetchedRuns: 1, rows: 3 });
  expect(rows).toBeGreaterThan(0);
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, problems: [], behind: [] });
});
