/**
 * A program that uses the public surface of core, as text: it is compiled by several compilers against the packed
 * declarations. Each `@ts-expect-error` proves that a type is real; were it `any`, the line would have no error, and
 * that is one.
 */
export const CORE_PROGRAM = `
import { Api, InvalidArgumentError, LazyrunsError, NotFoundError, Runs, RunTable, Service, where } from "@lazyruns/core";
import type { Condition, Filters, FullRun, HistoriesOptions, HistoryKey, HistoryRow, Order } from "@lazyruns/core";
import type { Run, RunFile, RunsCheckpoint, RunsOptions, RunsPage, RunValue, TableValue } from "@lazyruns/core";

const options: RunsOptions = {
  filters: { state: "finished", "config.lr": { $lte: 0.01 } },
  order: "-summary_metrics.accuracy",
  perPage: 50,
  includeSweeps: true,
};

export async function read(api: Api): Promise<HistoryRow[]> {
  const runs: Runs<Run> = api.runs("team/project", options);
  const count: number = await runs.length;
  for await (const run of runs) {
    const name: string = run.name;
    const began: Date | null = run.createdAt;
    // @ts-expect-error a lazy run has no config
    run.config;
    // @ts-expect-error a name is a string
    const wrongName: number = run.name;
    void [count, name, began, wrongName];
  }
  const full: Runs<FullRun> = await runs.upgradeToFull();
  const best: FullRun | undefined = await full.at(0);
  const lr: RunValue | undefined = best?.config.lr;
  const loaded: FullRun = await (await runs.slice(0, 1))[0]!.load();
  const question: HistoriesOptions = { keys: ["loss"], samples: 100, xAxis: "_step", stream: "default" };
  const rows: HistoryRow[] = await runs.histories(question);
  const id: string = rows[0]!.run_id;
  // @ts-expect-error rows are a list
  const wrongRows: string = rows;
  // @ts-expect-error a stream is "default" or "system"
  await runs.histories({ stream: "metrics" });
  // @ts-expect-error the option is called perPage
  api.runs("team/project", { per_page: 50 });
  // @ts-expect-error no such operator
  const wrongFilter: Filters = { state: { $like: "fin" } };
  // @ts-expect-error no such field
  api.runs("team/project", { filters: { status: "finished" } });
  const condition: Condition = where.config("lr").lte(0.01).and(where.tags.has("best").not(), { id: "a" });
  api.runs("team/project", { filters: condition.or(where.createdAt.gt(new Date()), where.state.eq("a new one")) });
  const key: string = "lr";
  const both: Filters = { state: "finished", $or: [condition, { [\`config.\${key}\`]: 1, group: null }] };
  // @ts-expect-error a state is text
  where.state.eq(3);
  // @ts-expect-error a time is a date or text
  where.createdAt.gt(5);
  void [lr, loaded, id, wrongRows, wrongFilter, both];
  return rows;
}

export async function details(api: Api): Promise<Uint8Array> {
  const run: FullRun = await api.run("team/project/id");
  const keys: ReadonlyMap<string, HistoryKey> = await run.historyKeys();
  const last: number | null = await run.lastHistoryStep();
  for await (const line of run.consoleLogs({ tail: 5 })) {
    const text: string = line.text;
    // @ts-expect-error a line has a number
    const wrongNumber: string = line.number;
    void [text, wrongNumber];
  }
  for await (const project of api.projects()) {
    const name: string = project.name;
    // @ts-expect-error a project has no runs of its own
    project.runs;
    void name;
  }
  const teams: readonly string[] = (await api.viewer()).teams;
  const state: string = await run.waitUntilFinished({ pollEvery: 1000 });
  // @ts-expect-error names are a list
  run.files({ names: "config.yaml" });
  const file: RunFile = await run.file("config.yaml");
  for await (const piece of file.stream()) {
    const length: number = piece.length;
    // @ts-expect-error a piece is bytes
    const wrongPiece: string = piece;
    void [length, wrongPiece];
  }
  void [keys, last, teams, state, run.url];
  return file.bytes();
}

export async function tabulate(runs: Runs, keys: string[]): Promise<RunsCheckpoint> {
  const rows = await runs.table({ config: ["lr"], summary: ["accuracy"], fields: ["name", "createdAt"] });
  const lr: RunValue | undefined = rows[0]!["config.lr"];
  const accuracy: RunValue = rows[0]!["summary.accuracy"];
  const began: Date | null = rows[0]!.createdAt;
  const id: string = rows[0]!.run_id;
  // @ts-expect-error that key wasn't asked for
  rows[0]!["config.momentum"];
  // @ts-expect-error that field wasn't asked for
  rows[0]!.state;
  // @ts-expect-error a value may be anything that was logged
  const wrong: number = rows[0]!["config.lr"];
  // @ts-expect-error no such field
  await runs.table({ fields: ["nmae"] });
  const all = await runs.table();
  const found: RunValue | undefined = all[0]!["config.anything"];
  const state: string | null = all[0]!.state;
  const some = await runs.table({ config: keys });
  const one: RunValue | undefined = some[0]!["config.lr"];
  const table = await runs.table({ config: ["lr"], format: "table" });
  const isTable: boolean = table instanceof RunTable;
  const column: readonly TableValue[] = table.column("config.lr");
  const again: RunValue = table.toRows()[0]!["config.lr"];
  // @ts-expect-error a table has columns, not rows
  table[0];
  for await (const page of runs.pages({ keep: false })) {
    const first: Run | undefined = page[0];
    const typed: RunsPage = page;
    if (page.length > 3) return page.checkpoint;
    void [first, typed];
  }
  void [lr, accuracy, began, id, wrong, found, state, one, isTable, column, again];
  return runs.checkpoint();
}

export const rest = (api: Api, resume: RunsCheckpoint): Runs => api.runs("team/project", { resume, limit: 5, start: 2 });
export const api: Api = new Api({ apiKey: "k".repeat(40), baseUrl: "http://127.0.0.1:8080" });
export const eager: Runs<FullRun> = api.runs("team/project", { lazy: false });
export const direct: Runs = new Runs(new Service({ apiKey: "k".repeat(40) }), "team", "project", { apiKey: "k" });
export const order: Order = "+created_at";
export const status: number | undefined = new NotFoundError("none").status;
// @ts-expect-error an address is text
new Api({ baseUrl: 8080 });
export function isOurs(error: unknown): error is LazyrunsError {
  return error instanceof LazyrunsError || error instanceof InvalidArgumentError;
}
`;

/** The same for the local server. */
export const SERVER_PROGRAM = `
import { startServer } from "@lazyruns/local-server";
import type { LocalServer } from "@lazyruns/local-server";

export async function serve(): Promise<string> {
  const server: LocalServer = await startServer({ dataDir: "data", port: 0 });
  const port: number = server.port;
  // @ts-expect-error a port is a number
  const wrongPort: string = server.port;
  // @ts-expect-error the folder must be named
  await startServer({ port: 0 });
  void [port, wrongPort];
  await server.close();
  return server.url;
}
`;
