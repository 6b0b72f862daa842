// node bench/run.mjs: measures what the plan says, prints the report, writes it as JSON. `npm run bench` starts it
// when everything it needs is installed.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine } from "./lib/machine.mjs";
import { measureGroup } from "./lib/measure-group.mjs";
import { plan } from "./lib/plan.mjs";
import { PYTHON, startServer } from "./lib/processes.mjs";
import { report } from "./lib/report.mjs";
import { judge } from "./lib/targets.mjs";

/** @import { GroupResult } from "./lib/measure-group.mjs" */

const HELP = `npm run bench -- [options]

  --quick          minutes instead of half an hour: fewer settings, fewer repeats
  --only PATTERN   only settings whose name matches, as "histories-3/2000/20" (kind/runs/delay); see --list
  --list           the settings' names, and nothing measured
  --out FILE       also writes the report there, as Markdown
  --json FILE      where the figures go; bench/results/latest.json unless given
`;

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    list: { type: "boolean", default: false },
    out: { type: "string" },
    json: { type: "string", default: fileURLToPath(new URL("results/latest.json", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else {
  process.exitCode = await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
}

async function main() {
  const only = new RegExp(values.only);
  const chosen = plan(values).filter(({ id }) => only.test(id));
  if (values.list) {
    process.stdout.write(chosen.map(({ id }) => `${id}\n`).join(""));
    return 0;
  }
  if (chosen.length === 0) {
    console.error(`No setting matches ${only}. Their names: npm run bench -- --list`);
    return 2;
  }
  const machine = await describeMachine(PYTHON);
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.once(signal, () => stop.abort(new Error(`Ended by ${signal}.`)));
  }
  const began = performance.now();
  const say = (/** @type {string} */ line) => {
    console.error(`${((performance.now() - began) / 60_000).toFixed(1).padStart(5)} min  ${line}`);
  };
  /** @type {GroupResult[]} */
  const groups = [];
  /** @type {unknown} */
  let cutShort;
  const server = await startServer();
  try {
    for (const group of chosen) {
      groups.push(await measureGroup(group, { url: server.url, python: PYTHON, signal: stop.signal, say }));
    }
  } catch (error) {
    cutShort = error; // what was measured so far is still worth a report
  } finally {
    await server.stop();
  }
  const results = {
    date: new Date().toISOString().slice(0, 10),
    quick: values.quick,
    minutes: (performance.now() - began) / 60_000,
    machine,
    groups,
    targets: judge(groups),
  };
  const text = report(results);
  await write(values.json, `${JSON.stringify(results, null, 2)}\n`);
  if (values.out !== undefined) await write(values.out, text);
  process.stdout.write(`\n${text}`);
  const failed = groups.flatMap(({ id, rows }) =>
    rows.filter(({ error }) => error !== null).map(({ who }) => `${id} ${who}`),
  );
  if (failed.length > 0) console.error(`\n${failed.length} without a figure: ${failed.join("; ")}`);
  if (cutShort !== undefined) {
    const reason = cutShort instanceof Error ? cutShort.message : cutShort;
    console.error(`\nCut short after ${groups.length} of ${chosen.length} settings: ${reason}`);
  }
  return failed.length === 0 && cutShort === undefined ? 0 : 1;
}

/** @param {string} file @param {string} text */
async function write(file, text) {
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, text);
}
