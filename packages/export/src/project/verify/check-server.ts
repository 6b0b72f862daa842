import type { Api } from "@lazyruns/core";
import type { Manifest } from "../dataset/manifest.ts";
import { markOf, rowsMarkOf } from "../runs-table/run-record.ts";
import type { VerifyProblem } from "./verify-export.ts";

const RUNS_AT_ONCE = 1000;

/** Compares what a dataset has of each run with what the server says. */
export async function checkServer(
  { source, runs }: Manifest,
  api: Api,
  problems: VerifyProblem[],
  signal: AbortSignal | undefined,
): Promise<{ behind: string[]; vanished: string[] }> {
  const behind: string[] = [];
  const found = new Set<string>();
  const known = new Map(runs.map((run) => [run.id, run]));
  const all = api.runs(`${source.entity}/${source.project}`, { includeSweeps: false, perPage: 1000 });
  const ids = [...known.keys()];
  for (let at = 0; at < ids.length; at += RUNS_AT_ONCE) {
    const some = all.only(ids.slice(at, at + RUNS_AT_ONCE));
    for await (const page of some.pages({ keep: false, signal })) {
      for (const run of page) {
        const { id, historyLineCount } = run;
        found.add(id);
        const here = known.get(id);
        const rows = here?.history?.rows;
        const isSame = here?.history === undefined || here.history.mark === rowsMarkOf(run);
        if (!isSame || here?.mark !== markOf(run)) behind.push(id);
        if (!isSame || rows === undefined || historyLineCount === null) continue;
        const isRight = source.keys === null ? rows === historyLineCount : rows <= historyLineCount;
        if (isRight) continue;
        problems.push({
          run: id,
          message: `Run ${id} has ${rows} rows, and ${historyLineCount} on the server.`,
        });
      }
    }
  }
  return { behind, vanished: ids.filter((id) => !found.has(id)) };
}
