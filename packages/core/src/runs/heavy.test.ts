import { describe, expect, test } from "vitest";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { ListedProject } from "../testing/listed-project.ts";
import type { RunsOptions } from "./options.ts";
import { Runs } from "./runs.ts";

const TEN_MB = 10_000_000;
const RUNS = 9;

/** Runs whose configs are 10 MB each, told apart by how they begin. */
async function heavy(options: RunsOptions = {}) {
  const project = new ListedProject(RUNS);
  const rest = "x".repeat(TEN_MB);
  project.runs = project.runs.map((run) => ({
    ...run,
    config: { ...run.config, notes: { value: run.name + rest } },
  }));
  const { service, requests, expectNoSocketLeft } = await faultServer((request) => project.answer(request));
  return { requests, expectNoSocketLeft, runs: new Runs(service, "team", "digits", options) };
}

const isLoading = ({ query }: FaultRequest) => query.includes("LoadRuns");
const isWhole = (text: unknown, name: string) =>
  typeof text === "string" && text.length === name.length + TEN_MB && text.startsWith(`${name}x`);
const names = Array.from({ length: RUNS }, (_, index) => `r${index}`);

describe("configs of 10 MB", { timeout: 60_000 }, () => {
  test("are loaded, once it is known how heavy they are a run a request", async () => {
    const { runs, requests, expectNoSocketLeft } = await heavy({ perPage: 3 });
    const last = await runs.at(2);
    await last?.load(); // its page comes along, and tells the weight
    await runs.toArray();
    const full = await runs.upgradeToFull();
    const whole = (await full.toArray()).filter(({ id, config }) => isWhole(config.notes, id));
    expect(whole.map(({ id }) => id)).toEqual(names);
    expect(requests.filter(isLoading).map(({ variables }) => variables.first)).toEqual([3, 1, 1, 1, 1, 1, 1]);
    await expectNoSocketLeft();
  });

  test("are listed with the runs", async () => {
    const { runs } = await heavy({ lazy: false, perPage: 2 });
    const seen: string[] = [];
    for await (const run of runs) if (isWhole((await run.load()).config.notes, run.id)) seen.push(run.id);
    expect(seen).toEqual(names);
  });

  test("are no part of a table of other keys, and all of it in one of theirs", async () => {
    const { runs, requests } = await heavy();
    const light = await runs.table({ config: ["index"], fields: ["id"] });
    expect(light.map((row) => row["config.index"])).toEqual([...names.keys()]);
    expect(requests).toHaveLength(1);
    const rows = await runs.table({ config: ["notes"], fields: ["id"] });
    expect(rows.filter((row) => isWhole(row["config.notes"], row.id)).map(({ id }) => id)).toEqual(names);
  });

  test("are flattened into a table of everything", async () => {
    const { runs } = await heavy();
    const table = await runs.table({ format: "table" });
    const rows = table.toRows();
    expect(rows.map((row) => row["config.opt.lr"])).toEqual([...names.keys()].map((index) => index / 10));
    expect(rows.filter((row, at) => isWhole(row["config.notes"], names[at] as string))).toHaveLength(RUNS);
  });
});
