import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { graphql } from "../support/graphql.ts";
import { testServer } from "../support/server.ts";
import { startScript } from "../support/start-script.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const RUNS = here("../../apps/demo-notebooks/training/runs");

/** Starts the demo as `npm run demo` does. */
function startDemo(...args: string[]) {
  return startScript("demo.mjs", args);
}

test("npm run demo shows every run with what it reached, and its curve", async () => {
  const { ended, output } = startDemo();
  expect(await ended, output()).toBe(0);
  const lines = output().split("\n");
  const { api } = await testServer({ imports: [RUNS] });
  const runs = await api.runs("local/digits", { lazy: false }).toArray();
  expect(runs.length).toBeGreaterThan(20);
  for (const run of runs) {
    const [facts = "", curve = ""] = lines.filter((line) => line.startsWith(`${run.name} `));
    expect(facts).toContain(run.state);
    const { best, "val/accuracy": validation } = run.summary as Record<string, Record<string, number>>;
    const accuracy = best?.accuracy ?? validation?.max ?? Number.NaN;
    expect(facts).toContain(` ${Number(accuracy.toPrecision(4))} `);
    expect(curve).toMatch(/[▁▂▃▄▅▆▇█×]{3,}$/);
  }
});

test("npm run demo -- --keep leaves the server up until it is interrupted", async () => {
  const { child, ended, output } = startDemo("--keep");
  const stays = /^The server stays at (\S+) until/m;
  await expect.poll(output, { timeout: 60_000 }).toMatch(stays);
  const url = stays.exec(output())?.[1] ?? "";
  const runCount = '{ project(name: "digits", entityName: "local") { runCount } }';
  expect((await graphql(url, runCount)).project.runCount).toBeGreaterThan(20);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(graphql(url, runCount)).rejects.toThrow("fetch failed");
});

test("npm run demo refuses an option that it hasn't", async () => {
  const { ended, output } = startDemo("--stay");
  expect(await ended).toBe(1);
  expect(output().trim()).toBe("Unknown option --stay. Usage: npm run demo [-- --keep]");
});
