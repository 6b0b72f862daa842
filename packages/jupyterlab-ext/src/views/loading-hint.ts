import type { TranslationBundle } from "@jupyterlab/translation";
import { count as counted } from "@lazyruns/curves";
import type { RunsData } from "../data/runs-data.ts";
import type { HintText } from "./hint.ts";
import { showCode, variableOf } from "./show-code.ts";

/** How config and summary of the runs are loaded; undefined: they are, or they can't be. */
export function loadingHint(data: RunsData, trans: TranslationBundle): HintText | undefined {
  const { of, full, ids, histories } = data;
  // A table holds the columns that it was asked for.
  if (of === "table" || full >= ids.length) return undefined;
  // Steps and times are there anyway.
  const metrics = histories?.metrics.map(({ name }) => name).filter((name) => name !== histories.x) ?? [];
  const [here, all] = [counted(full), counted(ids.length)];
  if (variableOf(data) === "run") {
    return {
      text: trans.__("Config and summary are not loaded. With your run as run, this shows them:"),
      code: showCode("await run.load()", metrics),
    };
  }
  return {
    text:
      full === 0
        ? trans.__("Config and summary are not loaded. With your collection as runs, this shows them:")
        : trans.__(
            "Config and summary are loaded for %1 of these %2 runs. With your collection as runs, this shows all:",
            here,
            all,
          ),
    code: showCode("await runs.upgradeToFull()", metrics),
  };
}
