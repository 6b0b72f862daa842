import { Api } from "@lazyruns/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Shown } from "../../frames/tslab-kernel.ts";
import { API_KEY } from "../../support/python.ts";
import { type CellsKernel, startCells } from "./kernel-of-cells.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";
/** Milliseconds that a cell may take beyond the server's own. */
const MOST = 150;
const TIMES = 10;

let cells: CellsKernel;
let api: Api;

beforeAll(async () => {
  cells = await startCells();
  api = new Api({ baseUrl: cells.server.url, apiKey: API_KEY });
});

afterAll(async () => {
  await api?.close();
  await cells?.stop();
});

/** The quickest of several: what else the machine does only ever adds. */
async function quickest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

it("a table of 50 runs is there soon after its cell was begun", async () => {
  const shownWhole = async () => {
    await cells.shows('api.runs("local/cells")');
    await cells.untilLast(({ updates }) => updates > 0);
    expect((cells.kernel.shown.at(-1) as Shown).data[RUNS]).toMatchObject({ loaded: 50, total: 60 });
  };
  await shownWhole();
  const cell = await quickest(shownWhole);
  const server = await quickest(() => api.runs("local/cells").at(0));
  expect(cell - server).toBeLessThan(MOST);
});
