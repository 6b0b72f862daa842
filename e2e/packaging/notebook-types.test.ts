import { afterAll, beforeAll, expect, test } from "vitest";
import { compile, NEW_WAY, OLD_WAY } from "./compile.ts";
import { installPacked, linkOwn, linkPeers, pack, temporaryFolder } from "./pack.ts";

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [
    await pack("core", folder),
    await pack("dataframes", folder),
    await pack("notebook", folder),
  ]);
  await linkPeers(folder, ["nodejs-polars", "danfojs-node"]);
  await linkOwn(folder, "@types/node");
});
afterAll(() => remove());

/** What a notebook writes, and what a viewer of its outputs does. Were a type `any`, a line would have no error. */
const PROGRAM = `
import * as lazyruns from "@lazyruns/notebook";
import type { HistoryOutput, RunsOutput } from "@lazyruns/notebook/mime";

export async function cell(api: lazyruns.Api): Promise<lazyruns.Run | undefined> {
  const runs = api.runs("team/project", { filters: { state: "finished" } });
  const options: lazyruns.ShowOptions = { keys: ["loss"], columns: ["state"], maxRows: 20 };
  await lazyruns.show(runs, options);
  const watching: lazyruns.WatchOptions = { every: 1000, signal: AbortSignal.timeout(1000) };
  await lazyruns.watch(runs, watching);
  const plot: lazyruns.Plot = await lazyruns.plot(runs, { y: "loss", smooth: 0.5 });
  const table = await runs.histories({ format: "table" });
  const again: lazyruns.Plot = lazyruns.plot(table, { y: "loss" });
  // @ts-expect-error runs are plotted once they are fetched
  const wrongPlot: lazyruns.Plot = lazyruns.plot(runs, { y: "loss" });
  // @ts-expect-error progress is on or off
  lazyruns.progress("off");
  // @ts-expect-error a pause is a number
  lazyruns.watch(runs, { every: "1 s" });
  void [plot, again, wrongPlot];
  return runs.at(0);
}

export function viewer(runs: RunsOutput, history: HistoryOutput): number {
  const version: 1 = runs.version;
  // @ts-expect-error ids are texts
  const wrongIds: readonly number[] = runs.ids;
  void [version, wrongIds];
  return history.numRows;
}
`;

/** What is amiss in ours and in the program; what libraries' own declarations don't stand is theirs. */
const oursIn = (complaints: string) =>
  complaints
    .split("\n")
    .filter((line) => /^\S/.test(line) && !/^[^(]*node_modules\/(?!@lazyruns\/)/.test(line));

test("TypeScript 5.0 with Node10 resolution, as tslab has it", async () => {
  const said = await compile(folder, "5.0.4", { ...OLD_WAY, types: ["node"] }, { "cell.ts": PROGRAM });
  expect(oursIn(said)).toEqual([]);
});

test("TypeScript 5.9 with NodeNext resolution, as ESM and as CommonJS", async () => {
  const files = { "cell.mts": PROGRAM, "cell.cts": PROGRAM };
  expect(oursIn(await compile(folder, "5.9.3", { ...NEW_WAY, types: ["node"] }, files))).toEqual([]);
});

test("what isn't so is noticed", async () => {
  const untyped = PROGRAM.replace("runs: RunsOutput,", "runs: any,");
  const said = await compile(folder, "5.9.3", { ...NEW_WAY, types: ["node"] }, { "untyped.mts": untyped });
  expect(oursIn(said).join()).toContain("TS2578");
});
