// @ts-check
// A first look at a project: its runs, their configs and summaries, and how they learned.
// `npm run demo` runs it; by hand: WANDB_BASE_URL=... WANDB_API_KEY=... node first-look.mjs [ENTITY/PROJECT]

import { Api } from "@lazyruns/core";
import { dictionary, number, text } from "./read.mjs";
import { sparkline, table } from "./table.mjs";

const CURVE = "train/loss";

const project = process.argv[2] ?? "local/digits";
const api = new Api(); // the server and the key come from WANDB_BASE_URL and WANDB_API_KEY
const runs = api.runs(project, { order: "+created_at" });
console.log(`\n${project} at ${api.baseUrl}: ${await runs.length} runs\n`);

// The list is lazy: configs and summaries come with upgradeToFull(), those of all runs in a few requests.
const full = await (await runs.upgradeToFull()).toArray();
const rows = full.map((run) => {
  const optimizer = dictionary(run.config.optimizer);
  const best = dictionary(run.summary.best).accuracy ?? dictionary(run.summary["val/accuracy"]).max;
  return [
    run.name,
    run.state,
    run.group,
    text(run.config.model),
    text(optimizer.name),
    number(optimizer.lr),
    number(best),
    run.createdAt,
  ];
});
const header = ["run", "state", "group", "model", "optimizer", "lr", "best val/accuracy", "age"];
console.log(table(header, rows));

// Sampled histories of all runs, in a few requests. A row holds all the keys that were asked for.
const history = await runs.histories({ keys: [CURVE], samples: 40 });
console.log(`\n${CURVE}, ${history.length} sampled rows of ${full.length} runs\n`);
const curves = full.map((run) => {
  const own = history.filter((row) => row.run_id === run.id);
  const values = own.map((row) => number(row[CURVE]));
  return [run.name, number(own.at(-1)?._step), values[0], values.at(-1), sparkline(values)];
});
console.log(table(["run", "last step", "first", "last", "curve"], curves));

console.log("\nThe first rows, as they come:\n");
console.log(
  table(
    ["run_id", "_step", CURVE],
    history.slice(0, 5).map((row) => [row.run_id, number(row._step), number(row[CURVE])]),
  ),
);
await api.close();
