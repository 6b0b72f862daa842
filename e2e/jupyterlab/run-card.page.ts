/// <reference lib="dom" />
import { nullTranslator } from "@jupyterlab/translation";
import { Panel } from "@lumino/widgets";
import { parseRuns } from "../../packages/jupyterlab-ext/src/data/parse-runs.ts";
import { DEFAULT_SETTINGS } from "../../packages/jupyterlab-ext/src/settings/view-settings.ts";
import { RunCard } from "../../packages/jupyterlab-ext/src/views/run-card.ts";
import { mount } from "./harness/mount.ts";

const trans = nullTranslator.load("lazyruns");

/** Shows a run with as many keys of its config, one of which has a long value. */
export function show(numKeys: number): void {
  const output = new Panel();
  output.addClass("lr-output");
  const card = new RunCard(trans, DEFAULT_SETTINGS);
  output.addWidget(card);
  const column = (kind: string, name: string, dtype: string, value: unknown) => ({
    kind,
    name,
    dtype,
    values: [value],
    shown: true,
  });
  const parsed = parseRuns(
    {
      version: 1,
      of: "run",
      entity: "team",
      project: "vision",
      url: "https://wandb.ai/team/vision",
      ids: ["a1b2c3"],
      columns: [
        column("field", "name", "utf8", "bright-river-7"),
        column("field", "state", "utf8", "finished"),
        column("config", "prompt", "utf8", "Sort these pictures by what they show. ".repeat(40)),
        column("config", "sha256", "utf8", "0123456789abcdef".repeat(8)),
        ...Array.from({ length: numKeys }, (_, at) =>
          column("config", `model.layer${at}.width`, "int64", at * 16),
        ),
        column("summary", "loss", "float64", 0.123456789),
      ],
    },
    trans,
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  card.setData(parsed.data);
  mount(output);
}
