import { afterAll, beforeAll, expect, it } from "vitest";
import type { Shown } from "../../frames/tslab-kernel.ts";
import { denoCommand } from "./deno-command.ts";
import { type CellsKernel, startCells } from "./kernel-of-cells.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";
const HISTORY = "application/vnd.lazyruns.history.v1+json";

let cells: CellsKernel;

beforeAll(async () => {
  cells = await startCells({ command: denoCommand });
});

afterAll(() => cells?.stop());

/** The one output of a cell. */
async function shown(code: string): Promise<Shown> {
  const outputs = await cells.shows(code);
  expect(outputs).toHaveLength(1);
  return outputs[0] as Shown;
}

it("a bare collection is shown with its first page", async () => {
  const { data } = await shown("runs");
  expect(Object.keys(data).sort()).toEqual([RUNS, "text/html", "text/plain"]);
  expect(data[RUNS]).toMatchObject({ loaded: 50, total: 60 });
  expect(cells.asked).toHaveLength(1);
  await shown("runs");
  expect(cells.asked).toHaveLength(1);
});

it("a bare collection whose page can't be had says so in its output", async () => {
  const { data } = await shown('api.runs("local/no-such-project")');
  expect(data["text/plain"]).toContain("The runs could not be loaded. NotFoundError: There is no project");
});

it("runs, histories and frames show themselves, however they were made", async () => {
  expect((await shown("const one = await runs.at(0);\none")).data[RUNS]).toMatchObject({ of: "run" });
  const history = await shown('await runs.histories({ keys: ["loss"], format: "table" })');
  expect(history.data[HISTORY]).toMatchObject({ of: "history", totalRows: 240 });
  await cells.kernel.run('import pl from "nodejs-polars"; const frame = pl.DataFrame({ a: [1, 2, 1] });');
  expect((await shown("frame")).data[HISTORY]).toMatchObject({ of: "frame", totalRows: 3 });
  const grouped = await shown('frame.groupBy("a").agg(pl.col("a").count().alias("n"))');
  expect(grouped.data[HISTORY]).toMatchObject({ of: "frame", totalRows: 2 });
  await cells.kernel.run(
    'import * as dfd from "danfojs-node"; const danfo = new dfd.DataFrame({ a: [1, 2, 1], b: [1, 2, 3] });',
  );
  expect((await shown("danfo")).data[HISTORY]).toMatchObject({ of: "frame", totalRows: 3 });
  expect((await shown('danfo.groupby(["a"]).mean()')).data[HISTORY]).toMatchObject({ totalRows: 2 });
});

it("what lies in another value stays text", async () => {
  expect((await shown("[runs]")).data).toEqual({
    "text/plain": "[ Runs local/cells (50 fetched so far) ]",
  });
  expect((await shown("[danfo]")).data["text/plain"]).toContain("╔════");
});

it("show waits for what it shows, in one output", async () => {
  const { data } = await shown('await lazyruns.show(runs, { keys: ["loss"], maxRows: 3 })');
  expect(data[RUNS]).toMatchObject({ ids: ["run-0", "run-1", "run-2"], histories: { totalRows: 12 } });
});

it("an error in a cell is its message, and the whole stack is kept", async () => {
  const { status, stderr } = await cells.kernel.run('await api.runs("local/none").toArray()');
  expect(status).toBe("error");
  expect(stderr).toMatch(/^NotFoundError: There is no project local\/none [^\n]*$/);
  const kept = 'await api.runs("local/none").at(0).catch((e) => e.fullStack.includes("\\n    at "))';
  expect((await shown(kept)).data["text/plain"]).toContain("true");
});
