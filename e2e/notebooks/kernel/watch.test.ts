import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Shown } from "../../frames/tslab-kernel.ts";
import { type CellsKernel, startCells } from "./kernel-of-cells.ts";
import { startRun } from "./write-run-under-way.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";

let cells: CellsKernel;

beforeAll(async () => {
  cells = await startCells();
});

afterEach(() => {
  cells.intercept = undefined;
});

afterAll(() => cells?.stop());

const last = () => cells.kernel.shown.at(-1) as Shown;
/** Waits for what the running cell shows. */
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 60_000 });
/** The ids that a question is about. */
const idsIn = (variables: Readonly<Record<string, unknown>> | undefined) =>
  JSON.stringify(variables?.filters ?? "").match(/run-\d+|live-\w/g);

it("shows runs while they are under way, asks for those alone, and returns when they have ended", async () => {
  const path = "local/live";
  const [a, b] = [
    await startRun(cells.server.url, path, "live-a"),
    await startRun(cells.server.url, path, "live-b"),
  ];
  await a.log(3);
  await b.log(2);
  await b.finish();
  const before = cells.kernel.shown.length;
  cells.asked.length = 0;
  const running = cells.shows(
    'const live = api.runs("local/live");\nawait lazyruns.watch(live, { every: 20, keys: ["loss"] });',
  );
  await until(() => expect(last().data[RUNS]?.histories?.totalRows).toBe(2));
  await a.log(1);
  await until(() => expect(last().data[RUNS].histories.totalRows).toBe(3));
  const states = () =>
    last().data[RUNS].columns.find(({ name }: { name: string }) => name === "state").values;
  expect(states()).toEqual(["running", "finished"]);

  cells.intercept = async () => ({ status: 418 });
  await until(() =>
    expect(last().data["text/plain"]).toContain("The last question failed and is asked again."),
  );
  cells.intercept = undefined;
  await a.finish();
  expect(await running).toHaveLength(1);
  expect(cells.kernel.shown).toHaveLength(before + 1);
  expect(states()).toEqual(["finished", "finished"]);
  expect(last().data["text/plain"]).not.toContain("failed");
  const about = cells.asked.map(({ variables }) => idsIn(variables)).filter((ids) => ids !== null);
  // The first histories are of both; from then on only of the one that is under way.
  expect(about.filter((ids) => ids.includes("live-b")).length).toBeLessThanOrEqual(2);
  expect(about.filter((ids) => ids.join() === "live-a").length).toBeGreaterThan(2);
});

it("ends when it is interrupted, and asks no more", async () => {
  const run = await startRun(cells.server.url, "local/endless", "live-c");
  await run.log(1);
  const cell = cells.kernel.run('await lazyruns.watch(api.runs("local/endless"), { every: 20 });');
  await until(() => expect(last().data[RUNS]).toMatchObject({ project: "endless", loaded: 1 }));
  await until(() => expect(last().updates).toBeGreaterThan(2));
  cells.kernel.interrupt();
  expect((await cell).status).toBe("error");
  await cells.untilLast(({ data }) => data["text/plain"].includes("No longer watched."));
  const { updates } = last();
  const runs = async () => expect((await cells.kernel.run("console.log(1)")).stdout).toBe("1\n");
  await vi.waitFor(runs, { interval: 250, timeout: 10_000 });
  expect(last().updates).toBe(updates);
});

it("a long call ends with its cell when that is interrupted, and asks no more", async () => {
  const held: (() => void)[] = [];
  cells.intercept = () =>
    new Promise((resolve) => {
      held.push(() => resolve(undefined));
    });
  cells.asked.length = 0;
  const cell = cells.kernel.run(
    'await runs.histories({ keys: ["loss"] }).catch((error) => { process.env.SAID = error.name; throw error; });',
  );
  await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: 60_000 });
  cells.kernel.interrupt();
  expect((await cell).status).toBe("error");
  cells.intercept = undefined;
  for (const release of held) release();
  const says = async () =>
    expect((await cells.kernel.run("console.log(process.env.SAID)")).stdout).toBe("AbortError\n");
  await vi.waitFor(says, { interval: 250, timeout: 10_000 });
  expect(cells.asked).toHaveLength(1);
  expect(await cells.prints("console.log((await runs.histories({ keys: ['loss'] })).length)")).toBe("240\n");
});

it("ends with its signal, as if the runs had ended", async () => {
  const output = await cells.shows(
    'await lazyruns.watch(api.runs("local/endless"), { every: 20, signal: AbortSignal.timeout(300) });',
  );
  expect(output.at(-1)?.data["text/plain"]).toContain("No longer watched.");
});
