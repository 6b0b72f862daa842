import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HistoryRow, HistoryTable } from "@lazyruns/core";
import { describe, expect, test } from "vitest";
import { runCli, runShell } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { duckdb } from "../support/duckdb.ts";
import { API_KEY } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";

const demo = demoServer();
const RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));
const KEYS = ["train/loss", "val/accuracy"];

/** Runs a command that ends well and says nothing. */
async function lazyruns(...args: string[]) {
  const { code, stdout, bytes, stderr } = await runCli(args, { env: demo.env });
  expect([code, stderr]).toEqual([0, ""]);
  return { stdout, bytes };
}

describe("runs", () => {
  const fromCore = async () =>
    (await demo.api.runs("local/digits").toArray()).map(
      ({ id, name, state, createdAt, historyLineCount, group, tags }) => ({
        run_id: id,
        ...{ name, state, createdAt, historyLineCount, group, tags },
      }),
    );

  test("as JSON and as JSON lines are what core gives", async () => {
    const expected = JSON.parse(JSON.stringify(await fromCore()));
    expect(expected.length).toBeGreaterThan(20);
    expect(JSON.parse((await lazyruns("runs", "local/digits", "--format", "json")).stdout)).toEqual(expected);
    const { stdout } = await lazyruns("runs", "local/digits", "--format", "jsonl");
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(expected);
  });

  test("as CSV, by the file's name", async () => {
    const file = join(temporaryFolder(), "runs.csv");
    expect((await lazyruns("runs", "local/digits", "--out", file)).stdout).toBe("");
    const expected = (await fromCore()).map(({ run_id, ...fields }) => ({
      run_id,
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(value)])),
    }));
    const [first] = expected;
    const columns = Object.keys(first ?? {});
    const rows = await readCsv(file, columns);
    expect(rows).toEqual(expected);
  });

  test("as Parquet, to a file and to standard output", async () => {
    const file = join(temporaryFolder(), "runs.parquet");
    await lazyruns("runs", "local/digits", "--out", file);
    const rows = await duckdb(
      `SELECT run_id, name, "historyLineCount" AS n, epoch_ms("createdAt") AS t FROM '${file}'`,
    );
    const expected = await fromCore();
    expect(rows).toEqual(
      expected.map((run) => ({
        run_id: run.run_id,
        name: run.name,
        n: BigInt(run.historyLineCount as number),
        t: BigInt((run.createdAt as Date).getTime()),
      })),
    );
    const { bytes } = await lazyruns("runs", "local/digits", "--format", "parquet");
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
  });

  test("are filtered, ordered and cut as core does", async () => {
    const { stdout } = await lazyruns(
      ...["runs", "local/digits", "--filter", "state=finished", "--filter", "config.optimizer.lr<=0.01"],
      ...["--filter", '{"$or": [{"config.model": "mlp"}, {"tags": "baseline"}]}'],
      ...["--order", "-summary.val/accuracy.max", "--limit", "4", "--start", "1", "--format", "json"],
    );
    const runs = demo.api.runs("local/digits", {
      filters: {
        state: "finished",
        "config.optimizer.lr": { $lte: 0.01 },
        $or: [{ "config.model": "mlp" }, { tags: "baseline" }],
      },
      order: "-summary_metrics.val/accuracy.max",
      limit: 4,
      start: 1,
    });
    const ids = (await runs.toArray()).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(JSON.parse(stdout).map((run: { run_id: string }) => run.run_id)).toEqual(ids);
  });

  test("by name mean the name that is shown, and by run_id the id", async () => {
    const ids = async (...filter: string[]) =>
      JSON.parse((await lazyruns("runs", "local/digits", "--format", "json", ...filter)).stdout).map(
        (run: { run_id: string }) => run.run_id,
      );
    const [first] = await fromCore();
    expect(await ids("--filter", `name=${first?.name}`)).toEqual([first?.run_id]);
    expect(await ids("--filter", `run_id=${first?.run_id}`)).toEqual([first?.run_id]);
    const byName = (await fromCore()).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    expect(await ids("--order", "name", "--limit", "3")).toEqual(
      byName.slice(0, 3).map(({ run_id }) => run_id),
    );
  });
});

describe("a table", () => {
  test("has the chosen keys, or all", async () => {
    const chosen = { config: ["model", "optimizer.lr"], summary: ["val/accuracy.max"] } as const;
    const args = ["--config", "model,optimizer.lr", "--summary", "val/accuracy.max"];
    const rows = await demo.api.runs("local/digits").table(chosen);
    const { stdout } = await lazyruns("table", "local/digits", ...args, "--format", "json");
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(rows)));
    const all = await demo.api.runs("local/digits").table({ format: "table" });
    const whole = JSON.parse((await lazyruns("table", "local/digits", "--format", "json")).stdout);
    expect(Object.keys(whole[0])).toEqual(all.columnNames);
    expect(whole).toHaveLength(all.numRows);
  });
});

describe("histories", () => {
  /** As JSON has it: what is no number there is text. */
  const plain = (rows: Iterable<HistoryRow>) =>
    JSON.parse(
      JSON.stringify([...rows], (_, value) =>
        typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
      ),
    );

  test("sampled, as JSON lines, CSV and Parquet, are what core gives", async () => {
    const args = ["histories", "local/digits", "--keys", KEYS.join(), "--match", "any", "--samples", "30"];
    const rows = await demo.api.runs("local/digits").histories({ keys: KEYS, match: "any", samples: 30 });
    const { stdout } = await lazyruns(...args, "--format", "jsonl");
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toEqual(plain(rows));
    const folder = temporaryFolder();
    await lazyruns(...args, "--out", join(folder, "h.csv"));
    const columns = ["run_id", "_step", ...KEYS];
    expect(await readCsv(join(folder, "h.csv"), columns)).toEqual(
      rows.map((row) => Object.fromEntries(columns.map((name) => [name, textOf(row[name] ?? null)]))),
    );
    await lazyruns(...args, "--out", join(folder, "h.parquet"));
    expect(await duckdb(`SELECT * FROM '${join(folder, "h.parquet")}'`)).toEqual(
      rows.map((row) => ({
        run_id: row.run_id,
        _step: BigInt(row._step as number),
        ...Object.fromEntries(KEYS.map((key) => [key, row[key] ?? null])),
      })),
    );
  });

  test("without keys have every metric in CSV, too", async () => {
    const table: HistoryTable = await demo.api
      .runs("local/digits", { limit: 4 })
      .histories({ samples: 10, format: "table" });
    const { stdout } = await lazyruns(
      "histories",
      "local/digits",
      "--limit",
      "4",
      "--samples",
      "10",
      "--format",
      "csv",
    );
    expect(stdout.split("\n", 1)[0]).toBe(table.columnNames.join());
    expect(stdout.trimEnd().split("\n")).toHaveLength(1 + table.numRows);
  });

  test("whole, are every row: as many as were logged", async () => {
    const [run] = await demo.api.runs("local/digits", { limit: 1 }).toArray();
    const rows: HistoryRow[] = [];
    for await (const table of run?.scanHistory() ?? []) rows.push(...table);
    expect(rows).toHaveLength(run?.historyLineCount as number);
    const { stdout } = await lazyruns("histories", `local/digits/${run?.id}`, "--all", "--format", "json");
    expect(JSON.parse(stdout)).toEqual(plain(rows));
    const some = await lazyruns(
      ...["histories", "local/digits", run?.id as string, "--all", "--min-step", "10", "--max-step", "13"],
      ...["--keys", "train/loss", "--format", "json"],
    );
    expect(JSON.parse(some.stdout).map((row: HistoryRow) => row._step)).toEqual([10, 11, 12]);
  });

  test("whole, are the same from a server's Parquet files", async () => {
    const { server, api } = await testServer({ imports: [RUNS], parquet: true });
    const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
    const args = ["histories", "local/digits", "--all", "--format", "json"];
    const [exported, paged] = [await runCli(args, { env }), await runCli(args, { env: demo.env })];
    expect([exported.code, exported.stderr]).toEqual([0, ""]);
    const rows = JSON.parse(exported.stdout) as HistoryRow[];
    const runs = await api.runs("local/digits").toArray();
    expect(rows).toHaveLength(runs.reduce((sum, run) => sum + (run.historyLineCount ?? 0), 0));
    expect(rows).toEqual(JSON.parse(paged.stdout));
  });

  test("of no runs are the columns alone", async () => {
    const none = ["histories", "local/digits", "--filter", "state=nope", "--format", "csv"];
    expect((await lazyruns(...none, "--keys", "b,a")).stdout).toBe("run_id,_step,a,b\n");
    const jsonl = ["histories", "local/digits", "--filter", "state=nope", "--format", "jsonl"];
    expect((await lazyruns(...jsonl)).stdout).toBe("");
  });

  test("of the machine, with what of the run is asked for", async () => {
    const { stdout } = await lazyruns(
      ...["histories", "local/digits", "--stream", "system", "--columns", "name,config.model"],
      ...["--limit", "2", "--format", "jsonl"],
    );
    const rows = await demo.api
      .runs("local/digits", { limit: 2 })
      .histories({ stream: "system", columns: ["name", "config.model"] });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(plain(rows));
  });

  test.each<{ how: string[] }>([{ how: [] }, { how: ["--all"] }, { how: ["--match", "any"] }])(
    "of a metric that is misspelt warn of it: $how",
    async ({ how }) => {
      const args = [
        "histories",
        "local/digits",
        "--keys",
        "train/loss,train/lsos",
        "--format",
        "csv",
        ...how,
      ];
      const { code, stdout, stderr } = await runCli(args, { env: demo.env });
      const [header, ...rows] = stdout.trimEnd().split("\n");
      expect([code, header]).toEqual([0, "run_id,_step,train/loss,train/lsos"]);
      expect(rows.length > 0).toBe(how.includes("any"));
      expect(stderr).toBe(
        'warning: none of the runs has logged the metric "train/lsos". Did you mean "train/loss"?\n',
      );
    },
  );

  test("of a run that isn't there leave a file as it was", async () => {
    const cwd = temporaryFolder();
    for (const name of ["rows.csv", "rows.json", "rows.parquet"]) {
      await writeFile(join(cwd, name), "before");
      for (const keys of [["--keys", "train/loss"], []]) {
        const args = ["histories", "local/digits/nope", ...keys, "--out", name];
        const { code, stderr } = await runCli(args, { env: demo.env, cwd });
        expect([code, stderr]).toEqual([4, expect.stringContaining("There is no run nope")]);
        expect(await readFile(join(cwd, name), "utf8")).toBe("before");
      }
    }
    expect((await readdir(cwd)).sort()).toEqual(["rows.csv", "rows.json", "rows.parquet"]);
  });

  test("of a metric like none name those that there are", async () => {
    const { code, stderr } = await runCli(["histories", "local/digits", "--keys", "nokey"], {
      env: demo.env,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^No rows\.\nwarning: none of the runs .* "nokey"\. There are: gradients, lr, /);
  });

  test("of a metric that runs have, at other steps, warn of nothing", async () => {
    const args = ["histories", "local/digits", "--keys", "train/loss", "--all", "--min-step", "1000000"];
    const { stderr } = await runCli(args, { env: demo.env });
    expect(stderr).toBe("No rows.\n");
  });

  test("of runs that aren't there are told of, behind those that are", async () => {
    const [run] = await demo.api.runs("local/digits", { limit: 1 }).toArray();
    const args = [
      "histories",
      "local/digits",
      run?.id as string,
      "nope",
      "--keys",
      "train/loss",
      "--format",
      "jsonl",
    ];
    const { code, stdout, stderr } = await runCli(args, { env: demo.env });
    expect(code).toBe(4);
    expect(stdout.trimEnd().split("\n").length).toBeGreaterThan(10);
    expect(stderr).toMatch(/^lazyruns: There is no run nope in local\/digits/);
  });
});

test("a pipe gets the same as a file", async () => {
  const { stdout, code } = await runShell(
    "lazyruns runs local/digits --format csv --out a.csv && lazyruns runs local/digits --format csv | cmp - a.csv && ls -A",
    demo.env,
  );
  expect([code, stdout]).toEqual([0, "a.csv\n"]);
});

/** A CSV file's rows, every cell as text. */
async function readCsv(file: string, columns: readonly string[]) {
  const types = columns.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  return duckdb(
    `SELECT * FROM read_csv('${file}', columns = {${types}}, header = true, delim = ',', quote = '"', escape = '"', ` +
      "auto_detect = false, allow_quoted_nulls = false)",
  );
}

/** A value as it stands in CSV. */
function textOf(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
