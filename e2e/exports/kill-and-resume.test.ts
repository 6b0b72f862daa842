import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { verifyExport } from "@lazyruns/export";
import type { RequestInfo } from "@lazyruns/local-server";
import { expect, onTestFinished, test } from "vitest";
import { API_KEY } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";
import { DuckDB, quote } from "./by-duckdb.ts";
import { randomFrom } from "./random.ts";
import { type LoggedRun, writeRun } from "./write-run.ts";

const PATH = "engines/killed";
const RUNS = 1000;
const KILLS = 5;
/** In the order in which an export goes through them. */
const STAGES = ["list", "history", "system", "runs", "write"] as const;
const TABLES = ["runs", "history", "system"] as const;
/** Where it begins to put the dataset together: later, it may be done before it is killed. */
const LATEST = STAGES.indexOf("write");
const PROGRAM = fileURLToPath(new URL("export-project.mjs", import.meta.url));

test("killed five times at random and resumed, an export is the one that is made in one go", async () => {
  const seed = Number(process.env.LAZYRUNS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`To kill at the same moments again: LAZYRUNS_SEED=${seed}`);
  const random = randomFrom(seed);
  const requests: RequestInfo[] = [];
  const { server, api } = await testServer({ onRequest: (request) => requests.push(request) });
  const folder = temporaryFolder();
  const [once, killed] = [join(folder, "once"), join(folder, "killed")];
  await using duckdb = await DuckDB.open();
  await writeAll(server.url, runsOf(random));

  const whole = await new Export(server.url, once).ended;
  expect(whole).toMatchObject({ result: { runs: RUNS, changed: true } });

  let reached = 0;
  for (const moment of momentsOf(random)) {
    const first = requests.length;
    const dying = new Export(server.url, killed);
    await dying.killedAt(moment, random() * 20);
    expectNothingAgain(requests.slice(first), reached, `killed at ${moment}, LAZYRUNS_SEED=${seed}`);
    reached = Math.max(reached, dying.reached);
    for (const table of TABLES) await expectWholeFiles(duckdb, join(killed, table));
  }
  const first = requests.length;
  const last = await new Export(server.url, killed).ended;
  expectNothingAgain(requests.slice(first), reached, `at last, LAZYRUNS_SEED=${seed}`);
  const { rows, systemRows } = (whole as { result: { rows: number; systemRows: number } }).result;
  expect(last).toMatchObject({ result: { runs: RUNS, rows, systemRows } });

  for (const table of TABLES) {
    const [a, b] = [once, killed].map((out) => `read_parquet(${quote(`${out}/${table}/*.parquet`)})`);
    expect(await duckdb.rows(`SELECT count(*) FROM ${b}`)).toEqual(
      await duckdb.rows(`SELECT count(*) FROM ${a}`),
    );
    expect(await duckdb.rows(`FROM ${a} EXCEPT ALL FROM ${b} LIMIT 3`), table).toEqual([]);
    expect(await duckdb.rows(`FROM ${b} EXCEPT ALL FROM ${a} LIMIT 3`), table).toEqual([]);
  }
  const files = quote(`${killed}/history/*.parquet`);
  expect(
    await duckdb.rows(`SELECT run_id, _step FROM read_parquet(${files}) GROUP BY ALL HAVING count(*) > 1`),
  ).toEqual([]);
  expect(await verifyExport(killed, { api })).toMatchObject({ ok: true, problems: [] });

  requests.length = 0;
  expect(await new Export(server.url, killed).ended).toMatchObject({
    result: { fetchedRuns: 0, changed: false },
  });
  expect(requests).toHaveLength(1); // of the list
});

/** Short runs, of other metrics and lengths, some without a history. */
function runsOf(random: () => number): LoggedRun[] {
  return Array.from({ length: RUNS }, (_, index) => ({
    id: `run-${index}`,
    config: { index },
    summary: { best: random() },
    history: Array.from({ length: Math.floor(random() * 40) }, (_, step) => ({
      _step: step,
      loss: random(),
      [`metric-${index % 7}`]: step % 2 === 0 ? Math.floor(random() * 100) : null,
    })),
    system: Array.from({ length: index % 3 }, (_, row) => ({ _runtime: row, "system.cpu": random() })),
    exitCode: 0,
  }));
}

async function writeAll(baseUrl: string, runs: readonly LoggedRun[]): Promise<void> {
  const left = runs.values();
  const write = async () => {
    for (const run of left) await writeRun(baseUrl, PATH, run);
  };
  await Promise.all(Array.from({ length: 8 }, write));
}

/** How far exports come before they are killed: stages that are done, and the part of the one under way. */
function momentsOf(random: () => number): number[] {
  return Array.from({ length: KILLS }, () => random() * LATEST).sort((a, b) => a - b);
}

/** An export in a process of its own. */
class Export {
  /** How far it has come. */
  reached = 0;
  /** The last line that it printed: its result, when nothing killed it. */
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #waiting: { readonly moment: number; readonly come: () => void }[] = [];

  constructor(baseUrl: string, out: string) {
    const child = spawn(process.execPath, [PROGRAM, baseUrl, API_KEY, PATH, out], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    this.#child = child;
    let last: unknown;
    createInterface({ input: child.stdout }).on("line", (line) => {
      last = parsed(line);
      this.#told(last as { stage?: (typeof STAGES)[number]; done: number; total: number });
    });
    this.ended = new Promise((resolve) => child.once("close", () => resolve(last)));
  }

  /** Has it killed when it has come so far, and some milliseconds more have gone by. */
  async killedAt(moment: number, delay: number): Promise<void> {
    await Promise.race([new Promise<void>((come) => this.#waiting.push({ moment, come })), this.ended]);
    await wait(delay);
    expect(this.#child.exitCode, "it had ended before it was killed").toBeNull();
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  #told({ stage, done, total }: { stage?: (typeof STAGES)[number]; done: number; total: number }): void {
    if (stage === undefined) return;
    this.reached = Math.max(this.reached, STAGES.indexOf(stage) + (total === 0 ? 0 : done / total));
    for (const { moment, come } of this.#waiting) if (this.reached >= moment) come();
  }
}

/** A line, which may be cut where the process was killed. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

/** What stages that exports before this one went beyond have staged isn't asked for again. */
function expectNothingAgain(requests: readonly RequestInfo[], reached: number, what: string): void {
  const asked = new Map<string, number>();
  for (const { operation, variables } of requests) {
    if (operation !== "Histories") continue;
    const { name } = JSON.parse(variables?.filters as string) as { name: { $in: string[] } };
    for (const id of name.$in) asked.set(id, (asked.get(id) ?? 0) + 1);
  }
  const most = reached >= STAGES.indexOf("runs") ? 0 : reached >= STAGES.indexOf("system") ? 1 : 2;
  expect(Math.max(0, ...asked.values()), what).toBeLessThanOrEqual(most);
  if (reached >= STAGES.indexOf("write")) expect(requests.length, what).toBeLessThanOrEqual(1); // of the list
}

/** What a folder of the dataset holds is whole, whenever one looks. */
async function expectWholeFiles(duckdb: DuckDB, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const files = `read_parquet(${quote(`${folder}/*.parquet`)})`;
  const [[count] = []] = await duckdb.rows(`SELECT count(DISTINCT run_id) FROM ${files}`);
  expect(Number(count)).toBeGreaterThan(0);
}
