import { mkdirSync, writeFileSync } from "node:fs";
import { HistoryTable, RunTable } from "@lazyruns/core";
import { toDanfo, toPolars } from "@lazyruns/dataframes";
import { test } from "vitest";
import { bundleOf } from "./bundle/bundle.ts";
import { plot } from "./plot/plot.ts";
import { runsServer } from "./testing/runs-server.ts";

const N = 30;
const ids = Array.from({ length: N }, (_, i) => `a${(i * 7919 + 1234567).toString(36)}`);
const words = [
  "lively-sunset",
  "misty-river",
  "brave-moon",
  "<script>alert(1)</script>",
  "quiet-forest",
  '" onmouseover="x',
];
const states = ["finished", "finished", "finished", "running", "failed", "crashed", "killed"];
const now = Date.now();
const runs = ids.map((id, i) => ({
  id,
  name: `${words[i % words.length]}-${i}`,
  state: states[i % states.length] as string,
  tags: i % 3 === 0 ? ["baseline", "cnn"] : i % 3 === 1 ? ["sweep"] : [],
  group: i % 2 ? "wide" : "deep",
  user: i % 5 ? "ada" : "grace",
  createdAt: new Date(now - i * 7.3e6 - 9e5).toISOString().slice(0, -1),
  heartbeatAt: new Date(now - i * 7.3e6 - 9e5 + (i + 1) * 253e3).toISOString().slice(0, -1),
  config: JSON.stringify({
    lr: { value: [0.1, 0.01, 0.003, 1e-5][i % 4] },
    batch_size: { value: [32, 64, 128][i % 3] },
    optimizer: { value: { name: i % 2 ? "adam" : "sgd", momentum: i % 2 ? null : 0.9 } },
    seed: { value: i },
    dataset: { value: "digits" },
    layers: { value: [64, 32, i] },
  }),
  summary: `{"loss": ${(2 / (i + 1)).toFixed(6)}, "accuracy": ${i === 4 ? "NaN" : (1 - 0.5 / (i + 2)).toFixed(5)}, "val/loss": ${i === 5 ? "Infinity" : (2.2 / (i + 1)).toFixed(6)}, "_runtime": ${(i + 1) * 251.5}, "_step": 499, "tokens": ${1234567 * (i + 1)}}`,
}));
const table = (() => {
  const runIds: string[] = [],
    step: bigint[] = [],
    loss: number[] = [],
    acc: number[] = [],
    val: number[] = [],
    lr: number[] = [],
    name: string[] = [];
  const valBits = new Uint8Array(Math.ceil((N * 500) / 8));
  let row = 0;
  for (const [i, id] of ids.entries())
    for (let s = 0; s < 500; s++) {
      runIds.push(id);
      step.push(BigInt(s));
      name.push(runs[i]!.name);
      const noise = Math.sin(s * 12.9898 + i * 78.233) * 0.06;
      loss.push(2.3 * Math.exp(-s / (60 + 15 * i)) + 0.1 + noise * Math.exp(-s / 300));
      acc.push(1 - Math.exp(-s / (80 + 10 * i)) * 0.9 + noise / 3);
      lr.push([0.1, 0.01, 0.003, 1e-5][i % 4]!);
      val.push(2.4 * Math.exp(-s / (50 + 15 * i)) + 0.2);
      if (s % 10 === 0) valBits[row >> 3]! |= 1 << (row & 7);
      row++;
    }
  return HistoryTable.fromColumns(runIds, [
    { name: "_step", dtype: "int64", values: BigInt64Array.from(step), validity: null },
    { name: "loss", dtype: "float64", values: Float64Array.from(loss), validity: null },
    { name: "accuracy", dtype: "float64", values: Float64Array.from(acc), validity: null },
    { name: "val/loss", dtype: "float64", values: Float64Array.from(val), validity: valBits },
    { name: "config.lr", dtype: "float64", values: Float64Array.from(lr), validity: null },
    { name: "name", dtype: "utf8", values: name, validity: null },
  ]);
})();

test("demo", async () => {
  mkdirSync("/tmp/show", { recursive: true });
  const api = await runsServer(runs);
  const put = (name: string, value: unknown, options = {}) => {
    const t = performance.now();
    const bundle = bundleOf(value, options)!;
    const ms = performance.now() - t;
    writeFileSync(`/tmp/show/${name}.html`, bundle["text/html"]!);
    writeFileSync(`/tmp/show/${name}.txt`, bundle["text/plain"]);
    writeFileSync(`/tmp/show/${name}.json`, JSON.stringify(bundle));
    console.log(
      name,
      ms.toFixed(1) + " ms",
      Object.entries(bundle)
        .map(([k, v]) => `${k} ${(typeof v === "string" ? v : JSON.stringify(v)).length}`)
        .join(", "),
    );
  };
  const empty = api.runs("ada/digits");
  put("runs-empty", empty);
  const lazy = api.runs("ada/digits", { perPage: 10 });
  await lazy.slice(0, 10);
  put("runs-lazy", lazy);
  await lazy.upgradeToFull();
  put("runs-full", lazy);
  const all = api.runs("ada/digits", { lazy: false });
  await all.slice(0, N);
  put("runs-curves", all, { histories: table });
  put("runs-chosen", all, { columns: ["state", "config.lr", "summary.loss", "nope"], maxRows: 5 });
  const run = (await all.at(0))!;
  put("run", run, { histories: table });
  put("run-lazy", (await api.runs("ada/digits").at(0))!);
  put("history", table);
  put("history-one", table.forRun(ids[3]!));
  put(
    "table",
    new RunTable(
      new Map<string, any>([
        ["run_id", ids],
        ["name", runs.map((r) => r.name)],
        ["state", runs.map((r) => r.state)],
        ["config.lr", ids.map((_, i) => i / 100)],
        ["summary.loss", ids.map((_, i) => (i % 4 ? i / 7 : null))],
      ]),
      N,
    ),
  );
  put("polars", await toPolars(table));
  put("danfo", await toDanfo(table));
  put("plot", plot(table, { y: "loss" }));
  put("plot-many", plot(table, { smooth: 0.6 }));
  put("plot-group", plot(table, { y: ["loss", "val/loss"], groupBy: "config.lr", logY: true }));
  put("plot-polars", plot(await toPolars(table), { y: "accuracy", groupBy: "config.lr" }));
}, 60000);
