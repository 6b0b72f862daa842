import type { Api } from "@lazyruns/core";
import type { ExportStream, Manifest, ManifestRun } from "../dataset/manifest.ts";
import { countOf, marksOf, type RunMarks, seemsAsItWas } from "../marks.ts";
import type { VerifyProblem } from "./verify-export.ts";

const RUNS_AT_ONCE = 1000;

const NAMES: Readonly<Record<ExportStream, string>> = { history: "rows", system: "rows of machine metrics" };

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
    for await (const page of all.only(ids.slice(at, at + RUNS_AT_ONCE)).revisions({ signal })) {
      for (const revision of page) {
        const { id } = revision.run;
        const here = known.get(id);
        if (here === undefined) continue;
        const now = marksOf(revision);
        found.add(id);
        if (!isCurrent(here, now)) behind.push(id);
        const wrong = source.streams.flatMap((stream) => checkRows(here, stream, now, source.keys !== null));
        problems.push(...wrong.map((message) => ({ run: id, message })));
      }
    }
  }
  return { behind, vanished: ids.filter((id) => !found.has(id)) };
}

function isCurrent(here: ManifestRun, now: RunMarks): boolean {
  const streams = ["history", "system"] as const;
  return (
    seemsAsItWas(here.mark, now.run) &&
    streams.every((stream) => here[stream] === undefined || here[stream].mark === now[stream])
  );
}

/** What is wrong with how many rows of a run there are, where the server still says what it said when they were had. */
function checkRows(here: ManifestRun, stream: ExportStream, now: RunMarks, isChosen: boolean): string[] {
  const known = here[stream];
  const count = countOf(now[stream]);
  if (known === undefined || count === undefined || known.mark !== now[stream]) return [];
  const isRight = stream === "history" && isChosen ? known.rows <= count : known.rows === count;
  if (isRight) return [];
  return [`Run ${here.id} has ${known.rows} ${NAMES[stream]}, and ${count} on the server.`];
}
