import type { Api } from "@lazyruns/core";
import type { ExportProgress, ExportResult } from "@lazyruns/export";
import { CommandError } from "../command-error.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import type { ConnectionOptions } from "../options/connection.ts";
import { readFilters } from "../options/filter.ts";
import { jsonText } from "../output/json-text.ts";
import { openSink } from "../output/write-rows.ts";
import { ASKED_RUNS, warnOfAbsent } from "./absent-keys.ts";
import { checkListing } from "./check-listing.ts";
import { counted, listed, sized } from "./counted.ts";
import { checkDataset } from "./verify.ts";
import { withApi } from "./with-api.ts";

/** What `lazyruns export` was told. */
export interface ExportCommandOptions extends ConnectionOptions {
  readonly out: string;
  readonly filter?: readonly string[];
  readonly keys?: readonly string[];
  readonly history?: boolean;
  readonly system?: boolean;
  readonly prune?: boolean;
  readonly verify?: boolean;
  readonly json?: boolean;
}

const STAGES: { readonly [stage in ExportProgress["stage"]]: string } = {
  list: "listing runs",
  history: "fetching histories",
  system: "fetching machine metrics",
  runs: "fetching configs and summaries",
  write: "writing the dataset",
};

const INTERRUPTED =
  "Interrupted. The same command goes on: at most what came in the last few seconds is fetched again.";

/** Exports a project, says what was done, and verifies it when asked to. */
export async function exportToFolder(
  path: string,
  options: ExportCommandOptions,
  context: Context,
): Promise<void> {
  context.onInterrupt = INTERRUPTED;
  if (options.out === "") throw new CommandError("--out is empty. Give the path of a folder.", EXIT.usage);
  await checkListing(path, options);
  await withApi(options, context, async (api) => {
    const result = await runExport(path, api, options, context);
    context.onInterrupt = undefined;
    await checkKeys(path, api, options, context);
    const verified = options.verify ? await checkDataset(options.out, { api }, context) : undefined;
    const text = options.json
      ? `${jsonText(verified === undefined ? result : { ...result, verified: verified.result })}\n`
      : resultText(result, options) + (verified?.text ?? "");
    const sink = await openSink({}, context);
    await sink.write(text);
    await sink.close();
  });
}

async function runExport(
  path: string,
  api: Api,
  { out, filter = [], keys, history, system, prune }: ExportCommandOptions,
  context: Context,
): Promise<ExportResult> {
  const { exportProject } = await import("@lazyruns/export");
  return exportProject(path, {
    out,
    api,
    filters: readFilters(filter),
    keys,
    streams: [
      ...(history === false ? [] : (["history"] as const)),
      ...(system === false ? [] : (["system"] as const)),
    ],
    prune,
    signal: context.signal,
    onProgress: ({ stage, done, total, unit }) =>
      context.progress.update(`${STAGES[stage]}: ${counted(done)} of ${counted(total)} ${unit}`),
    onWarning: ({ message }) => context.warn(message),
  });
}

/** Metrics that no run has logged are in no row: most likely they are misspelt. */
async function checkKeys(
  path: string,
  api: Api,
  { keys = [], history, filter = [] }: ExportCommandOptions,
  context: Context,
): Promise<void> {
  if (keys.length === 0 || history === false) return;
  const runs = api.runs(path, { filters: readFilters(filter), limit: ASKED_RUNS + 1, includeSweeps: false });
  await warnOfAbsent(keys, await runs.toArray({ signal: context.signal }), context);
}

function resultText(result: ExportResult, { out, prune }: ExportCommandOptions): string {
  const { runs, rows, systemRows, fetchedRuns, unchangedRuns, vanished, bytes } = result;
  const machine = systemRows === 0 ? "" : `, ${counted(systemRows, "row")} of machine metrics`;
  const lines = [
    `${out}: ${counted(runs, "run")}, ${counted(rows, "row")} of history${machine}, ${sized(bytes)}`,
    `fetched ${counted(fetchedRuns, "run")}, ${counted(unchangedRuns)} unchanged`,
  ];
  if (vanished.length > 0) {
    const what = prune ? "taken out" : "kept (--prune takes them out)";
    lines.push(`not on the server any more, ${what}: ${listed(vanished)}`);
  }
  return `${lines.join("\n")}\n`;
}
