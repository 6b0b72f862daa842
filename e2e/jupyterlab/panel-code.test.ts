import { afterAll, describe, expect, test } from "vitest";
import { type CodeLanguage, codeFor } from "../../packages/jupyterlab-ext/src/panel/code/code-for.ts";
import type { WantedRuns } from "../../packages/jupyterlab-ext/src/panel/code/wanted-runs.ts";
import type { RunsQuery } from "../../packages/jupyterlab-ext/src/panel/server/runs-query.ts";
import { HOSTILE } from "../../packages/jupyterlab-ext/src/panel/testing/hostile-names.ts";
import { denoCommand } from "../notebooks/kernel/deno-command.ts";
import { type CellsKernel, startCells } from "../notebooks/kernel/kernel-of-cells.ts";
import { writeRuns } from "../reading/write-runs.ts";
import { runPython } from "../support/python.ts";
import { testServer } from "../support/server.ts";

const RUNS = "application/vnd.lazyruns.runs.v1+json";
const QUERY: RunsQuery = { entity: "local", project: "cells", states: [], search: "", order: "+displayName" };
const WANTED: Readonly<Record<string, WantedRuns>> = {
  "one run": { query: QUERY, ids: ["run-7"] },
  "a selection": { query: { ...QUERY, order: "-summary_metrics.accuracy" }, ids: ["run-1", "run-3"] },
  "a query": { query: { ...QUERY, states: ["finished"], search: "RUN-1" }, ids: undefined },
};
/** What each of them reads, in order. */
const READ = {
  "one run": ["run-7"],
  "a selection": ["run-3", "run-1"],
  "a query": ["run-1", ...Array.from({ length: 10 }, (_, nth) => `run-1${nth}`)],
};

describe.each([
  ["tslab", undefined],
  ["Deno", denoCommand],
])("a cell that the side panel makes, in %s", (_, command) => {
  let cells: CellsKernel | undefined;
  afterAll(() => cells?.stop());

  test.each(Object.entries(READ))("shows %s, and so it does when it is run again", async (what, ids) => {
    cells ??= await startCells(command === undefined ? {} : { command });
    const wanted = WANTED[what] as WantedRuns;
    // By itself it declares anew what cells before it declared.
    for (const above of [
      [],
      ['import * as lazyruns from "@lazyruns/notebook";\nconst api = new lazyruns.Api();'],
    ]) {
      const code = codeFor("typescript", wanted, { above, below: [] });
      const outputs = await cells.shows(code);
      expect(outputs).toHaveLength(1);
      const shown = outputs[0]?.data[RUNS] as { of: string; ids: string[] };
      expect(shown.ids).toEqual(ids);
    }
  });
});

/** Runs cells, the last expression of each of which is printed, and reads back what the first says of its strings. */
const RUN_CELLS = new URL("run_cells.py", import.meta.url);

describe("a cell that the side panel makes, in Python", () => {
  const python = (baseUrl: string, cells: readonly string[]) =>
    runPython(RUN_CELLS, { baseUrl, input: JSON.stringify(cells) }).then(
      (output) => JSON.parse(output) as { values: string[]; texts: string[][] },
    );
  const code = (wanted: WantedRuns, language: CodeLanguage = "python") => codeFor(language, wanted);

  test("reads a run, a selection and a query, by the wandb client", async () => {
    const { server } = await testServer();
    await writeRuns(server.url, "local/cells", { runs: 20, steps: 1 });
    const { values } = await python(
      server.url,
      ["one run", "a selection", "a query"].map((what) => code(WANTED[what] as WantedRuns)),
    );
    expect(values[0]).toMatch(/^\('.+', 'finished', \{.*'accuracy': 0.35/);
    expect(values[1]?.match(/run-\d+(?=', ')/g)).toContain("run-1");
    expect(values[1]).toMatch(/^\[\('run-3', .*\('run-1', [^(]*\]$/);
    expect(values[2]).toBe("11");
  });

  test("holds names as they are, whatever is in them", async () => {
    const { server } = await testServer();
    const wanted = HOSTILE.map((name) => ({
      query: { ...QUERY, project: name, order: name },
      ids: [name, "other"],
    }));
    const { texts } = await python(
      server.url,
      // Only parsed: there are no such runs.
      wanted.map((one) => `# parse\n${code(one)}`),
    );
    for (const [index, name] of HOSTILE.entries()) {
      const units = (text: string) => [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
      expect(texts[index]?.map((text) => JSON.parse(text))).toEqual(
        [`local/${name}`, "name", "$in", name, "other", name].map(units),
      );
    }
  });
});
