import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";

/** What an output is called, and what is said beside that. */
export interface Title {
  readonly name: string;
  /** Undefined: nothing to link to. */
  readonly url: string | undefined;
  readonly about: readonly string[];
}

/** Of a collection or a table of runs. */
export function runsTitle(data: RunsData, trans: TranslationBundle): Title {
  return {
    name: projectName(data) ?? trans.__("Runs"),
    url: data.url,
    about: [loadedText(data, trans), ...madeText(data, trans)],
  };
}

/** Of one run. */
export function runTitle(data: RunsData, url: string | undefined, trans: TranslationBundle): Title {
  const [id = ""] = data.ids;
  const name = data.columns.find(({ key }) => key === "field:name")?.values[0];
  const project = projectName(data);
  const isNamed = typeof name === "string" && name !== "" && name !== id;
  return {
    name: isNamed ? name : id || trans.__("Run"),
    url,
    about: [...(isNamed ? [id] : []), ...(project === undefined ? [] : [project]), ...madeText(data, trans)],
  };
}

/** Of histories, a frame or a plot. */
export function historyTitle(data: HistoryData, trans: TranslationBundle): Title {
  const { of, totalRows, columns, columnsLeftOut, plot } = data;
  const name =
    of === "plot" && plot !== undefined && plot.y.length > 0
      ? plot.y.join(", ")
      : of === "frame"
        ? trans.__("Data frame")
        : trans.__("Histories");
  const runs = new Set(data.runs.map(({ id }) => id)).size + data.runsLeftOut;
  const numColumns = columns.length + columnsLeftOut;
  return {
    name,
    url: undefined,
    about: [
      ...(of === "frame" ? [] : [trans._n("%2 run", "%2 runs", runs, count(runs))]),
      trans._n("%2 row", "%2 rows", totalRows, count(totalRows)),
      ...(of === "frame" ? [trans._n("%2 column", "%2 columns", numColumns, count(numColumns))] : []),
    ],
  };
}

function projectName({ entity, project }: RunsData): string | undefined {
  if (project === null) return undefined;
  return entity === null ? project : `${entity}/${project}`;
}

function loadedText({ of, total, loaded, ids }: RunsData, trans: TranslationBundle): string {
  const all = of === "table" ? ids.length : total;
  if (all === null) return trans._n("%2 run so far", "%2 runs so far", loaded, count(loaded));
  return loaded < all
    ? trans._n("%2 of %3 run loaded", "%2 of %3 runs loaded", all, count(loaded), count(all))
    : trans._n("%2 run", "%2 runs", all, count(all));
}

function madeText({ madeAt }: RunsData, trans: TranslationBundle): string[] {
  if (madeAt === undefined) return [];
  const moment = new Date(madeAt).toLocaleString(document.documentElement.lang || undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return [trans.__("as of %1", moment)];
}
