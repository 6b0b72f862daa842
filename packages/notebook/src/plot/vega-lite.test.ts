import { HistoryTable } from "@lazyruns/core";
import { expect, test } from "vitest";
import { bundleOf } from "../bundle/bundle.ts";
import { compiled } from "../testing/vega.ts";
import type { PlotOptions } from "./options.ts";
import { plot } from "./plot.ts";

/** Names that are code, or syntax, in JSON, in CSV, in paths of fields or in Vega's expressions. */
const HOSTILE = [
  "a.b[0]",
  "datum.x",
  "'+alert(1)+'",
  'say "hi", `x`',
  "back\\slash",
  "new\nline",
  "<b>&amp;</b>",
  "s",
  "name",
  "\u2028",
];

function table(metrics: readonly string[]): HistoryTable {
  const runs = HOSTILE.flatMap((id) => [id, id, id]);
  return HistoryTable.fromColumns(
    runs,
    metrics.map((name, at) => ({
      name,
      dtype: "float64" as const,
      values: Float64Array.from(runs, (_, row) => (row % 3) * 100 ** at),
      validity: null,
    })),
  );
}

async function view(metrics: readonly string[], options: PlotOptions = {}) {
  const bundle = bundleOf(plot(table(metrics), { y: metrics, interactive: true, ...options }));
  return compiled(bundle?.["application/vnd.vegalite.v5+json"] as object);
}

test("zooming a chart leaves the others as they are, however long their names", async () => {
  const { zooms } = await view(["loss", "accu", "val/loss"]);
  expect(zooms).toEqual(['zoom_0["y"]', 'zoom_1["y"]', 'zoom_2["y"]']);
});

test.each<PlotOptions>([{}, { logY: true, smooth: 0.5 }, { groupBy: "run_id" }])(
  "Vega-Lite takes hostile names as they are (%j)",
  async (options) => {
    const { labels, titles } = await view(HOSTILE.slice(0, 6), options);
    expect(titles).toEqual(HOSTILE.slice(0, 6));
    expect(labels).toEqual(HOSTILE);
  },
);
