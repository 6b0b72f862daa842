import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunsData } from "../data/runs-data.ts";
import type { HintText } from "./hint.ts";
import { isPlainName, showCode, variableOf } from "./show-code.ts";

const NUMERIC = new Set(["int64", "float64"]);

/** How an output without histories gets them; undefined: it has some, or no metric of the runs is known. */
export function curvesHint(data: RunsData, trans: TranslationBundle): HintText | undefined {
  const metric = metricOf(data);
  if (metric === undefined || data.histories !== undefined || data.areHistoriesBroken === true)
    return undefined;
  const variable = variableOf(data);
  return {
    text:
      variable === "run"
        ? trans.__("No histories in here. With your run as run, this shows curves:")
        : trans.__("No histories in here. With your collection as runs, this shows curves:"),
    code: showCode(variable, [metric]),
  };
}

/** A metric that the runs have, best one that is called a loss. */
function metricOf({ columns }: RunsData): string | undefined {
  const names = columns
    .filter(({ kind, dtype, name }) => kind === "summary" && NUMERIC.has(dtype) && isPlainName(name))
    .filter(({ values }) => values.some((value) => value !== null))
    .map(({ name }) => name);
  return names.find((name) => name.toLowerCase().includes("loss")) ?? names[0];
}
