import { exec } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRuns } from "../reading/write-runs.ts";
import { API_KEY } from "../support/python.ts";
import { pack, runNode, temporaryFolder } from "./pack.ts";

/** What `lazyruns` may take to start, beyond Node itself: of the processor, which a busy machine does not change much. */
const MOST_MS = 100;
const PROCESSES = 7;

let folder: string;
let remove: () => Promise<void>;
let server: LocalServer;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  server = await startServer({ dataDir: path.join(folder, "data") });
  await writeRuns(server.url, "local/clean", { runs: 3, steps: 4 });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "clean", private: true }));
  const names = ["core", "dataframes", "export", "local-server", "cli"] as const;
  const tarballs: string[] = [];
  for (const name of names) tarballs.push((await pack(name, folder)).tarball);
  await shell(
    `npm install --ignore-scripts --no-audit --no-fund ${tarballs.map((tarball) => JSON.stringify(tarball)).join(" ")}`,
  );
});

afterAll(async () => {
  await server?.close();
  await remove?.();
});

/** Runs a command in the project as a user does, whose npm knows nothing of this workspace. */
async function shell(command: string): Promise<string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|NODE_PATH|WANDB_|LAZYRUNS_)/i.test(name),
  );
  const env = { ...Object.fromEntries(kept), WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
  const { stdout } = await promisify(exec)(command, { cwd: folder, env });
  return stdout;
}

test("npx runs the command that npm installed", async () => {
  expect(await shell("npx --no-install lazyruns --version")).toMatch(/^\d+\.\d+\.\d+\n$/);
  const runs = JSON.parse(await shell("npx --no-install lazyruns runs local/clean --format json"));
  expect(runs.map(({ run_id }: { run_id: string }) => run_id)).toEqual(["run-0", "run-1", "run-2"]);
});

test("it lists, reads, exports, verifies, and is well", async () => {
  const lazyruns = (args: string) => shell(`${path.join("node_modules", ".bin", "lazyruns")} ${args}`);
  expect(
    (await lazyruns("histories local/clean --keys loss --format csv")).trimEnd().split("\n"),
  ).toHaveLength(13);
  expect((await lazyruns("histories local/clean --all --format jsonl")).trimEnd().split("\n")).toHaveLength(
    12,
  );
  expect(await lazyruns("table local/clean --config index --out runs.parquet")).toBe("");
  expect(await lazyruns("export local/clean --out dataset --verify")).toMatch(
    /3 runs, 12 rows of history[\s\S]*verified/,
  );
  const { ok, checks } = JSON.parse(await lazyruns("doctor --json"));
  expect(ok).toBe(true);
  const polars = checks.find(({ name }: { name: string }) => name === "polars");
  expect(polars).toMatchObject({ level: "warning", message: "nodejs-polars is not installed" });
  expect(polars.advice).toContain("npm install nodejs-polars@");
});

test(`--version and --help take under ${MOST_MS} ms of work more than nothing`, async () => {
  const spent = "const { user, system } = process.cpuUsage(); writeSync(2, String((user + system) / 1000));";
  await writeFile(
    path.join(folder, "spent.mjs"),
    `import { writeSync } from "node:fs"; process.on("exit", () => { ${spent} });`,
  );
  await writeFile(path.join(folder, "empty.mjs"), "");
  const bin = path.join("node_modules", "@lazyruns", "cli", "bin", "lazyruns.mjs");
  const measure = async (...args: string[]) =>
    Number((await runNode(["--import", "./spent.mjs", ...args], folder)).stderr);
  const [empty, version, help]: number[][] = [[], [], []];
  for (let n = 0; n < PROCESSES; n++) {
    empty?.push(await measure("empty.mjs"));
    version?.push(await measure(bin, "--version"));
    help?.push(await measure(bin, "--help"));
  }
  // The least that it took: whatever else the machine does only adds to it.
  const [nothing, ...ours] = [empty, version, help].map((times = []) => Math.min(...times)) as [
    number,
    ...number[],
  ];
  console.log(
    `nothing, --version, --help: ${[nothing, ...ours].map((ms) => ms.toFixed(0)).join(", ")} ms of work`,
  );
  for (const ms of ours) {
    expect(ms).toBeGreaterThan(0);
    expect(ms - nothing).toBeLessThan(MOST_MS);
  }
});
