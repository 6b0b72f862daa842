import type { Run } from "@lazyruns/core";
import type { BundleOptions } from "../options.ts";
import { FIELDS } from "./fields.ts";
import { isOfWandb, keyColumns } from "./key-columns.ts";
import type { RunsColumn, RunsModel } from "./model.ts";
import { projectUrl } from "./runs-model.ts";

/** One run, with everything it has. */
export function runModel(run: Run, options: BundleOptions): RunsModel {
  const fields = Object.entries(FIELDS)
    .map(([name, { read }]): RunsColumn => ({ kind: "field", name, values: [read(run)], shown: true }))
    .filter(({ name, values }) => name === "name" || name === "state" || values[0] !== null);
  const keys = [...keyColumns([run], "config"), ...keyColumns([run], "summary")];
  return {
    of: "run",
    entity: run.entity,
    project: run.project,
    url: projectUrl(run),
    total: 1,
    loaded: 1,
    full: run.isLoaded ? 1 : 0,
    madeAt: new Date(),
    ids: [run.id],
    states: [run.state],
    columns: [...fields, ...keys.map((key) => ({ ...key, shown: !isOfWandb(key.name) }))],
    notes: run.isLoaded ? [] : ["Config and summary are not loaded: await run.load()"],
    histories: options.histories,
    keys: options.keys,
  };
}
