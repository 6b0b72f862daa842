import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Api } from "@lazyruns/core";
import { exportProject } from "@lazyruns/export";
import { startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_KEY, runPython } from "../support/python.ts";
import { writeRun } from "./write-run.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const README = readFileSync(here("../../packages/export/README.md"), "utf8");
const READING = README.slice(README.indexOf("\n## Reading it"), README.indexOf("\n### On object storage"));
const EXAMPLES = [...READING.matchAll(/^```(ts|py)\n([\s\S]*?)^```$/gm)].map(
  ([, language = "", code = ""]) => ({
    language,
    code,
    engine: (language === "ts" ? /from "([^"]+)"/ : /^(?:from|import) (\w+)/).exec(code)?.[1],
  }),
);

/** The least loss of each run. */
const LOSSES = new Map(Array.from({ length: 30 }, (_, index) => [`run-${100 + index}`, 1.5 + index / 8]));

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lazyruns-readme-"));
  symlinkSync(here("../node_modules"), join(folder, "node_modules"));
  const server = await startServer({ dataDir: join(folder, "data") });
  const api = new Api({ baseUrl: server.url, apiKey: API_KEY });
  for (const [id, least] of LOSSES) {
    const history = Array.from({ length: 20 }, (_, step) => ({
      _step: step,
      loss: least + ((step + 7) % 20) / 4,
    }));
    await writeRun(server.url, "engines/readme", { id, history, exitCode: 0 });
  }
  await exportProject("engines/readme", { api, out: join(folder, "project") });
  await api.close();
  await server.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there is an example of each engine", () => {
  expect(EXAMPLES.map(({ engine }) => engine)).toEqual([
    "@duckdb/node-api",
    "nodejs-polars",
    "polars",
    "pandas",
    "pyspark",
  ]);
  expect(EXAMPLES.every(({ code }) => code.trim().split("\n").length <= 4)).toBe(true);
});

test.each(EXAMPLES)(
  "the example of $engine, as it stands there, gives the least loss of each run",
  async ({ language, code }) => {
    const output = await (language === "ts" ? runNode(code) : runExample(code));
    for (const [id, loss] of LOSSES) {
      const after = output.slice(output.indexOf(id) + id.length, output.indexOf(id) + id.length + 80);
      expect(output, `${id} in what it prints`).toContain(id);
      const printed = Number(/\d+(?:\.\d+)?/.exec(after)?.[0]);
      expect(printed, `the loss of ${id}: ${after}`).toBe(loss);
    }
  },
);

async function runNode(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: folder,
  });
  return stdout;
}

async function runExample(code: string): Promise<string> {
  const scratch = mkdtempSync(join(folder, "scratch-"));
  return runPython(new URL("run_example.py", import.meta.url), {
    baseUrl: "http://127.0.0.1:9",
    input: code,
    home: folder,
    env: { LAZYRUNS_SCRATCH: scratch },
  });
}
