// npm run demo [-- --keep]: installs, builds, starts the local server with the recorded runs, and reads them.

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { deferred, ROOT, run, runMain, Trouble } from "./lib/run.mjs";
import { startLocalServer } from "./lib/server.mjs";

const RUNS = path.join(ROOT, "apps/demo-notebooks/training/runs");
const PROGRAM = path.join(ROOT, "apps/demo-notebooks/demo/first-look.mjs");

/** On loopback the local server takes any well-formed key; this one is no secret. */
const DEMO_KEY = "demo".repeat(10);

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== "--keep");
  if (unknown !== undefined) throw new Trouble(`Unknown option ${unknown}. Usage: npm run demo [-- --keep]`);
  checkNode();
  if (!existsSync(RUNS)) throw new Trouble(`${RUNS} isn't there. Restore it, or: npm run demo:record`);
  await installPackages();
  await turbo("build");
  const dataDir = await mkdtemp(path.join(tmpdir(), "lazyruns-demo-"));
  try {
    return await demo(dataDir, args.includes("--keep"));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

async function demo(/** @type {string} */ dataDir, /** @type {boolean} */ keep) {
  const bin = path.join(ROOT, "packages/local-server/bin/lazyruns-server.mjs");
  const interrupted = nextSignal();
  const leaving = new AbortController();
  const server = await startLocalServer({ bin, dataDir, imports: [RUNS] });
  try {
    const env = { ...process.env, WANDB_BASE_URL: server.url, WANDB_API_KEY: DEMO_KEY };
    const program = run(process.execPath, [PROGRAM], { env, signal: leaving.signal }).then(
      ({ code }) => code,
    );
    const code = await Promise.race([program, interrupted]);
    if (code !== 0 || !keep) return code;
    console.log(howToReach(server.url));
    return await Promise.race([interrupted.then(() => 0), server.ended]);
  } finally {
    leaving.abort(); // ends the program when a signal came before its end
    await server.stop();
  }
}

/** The exit code of the first signal that asks this process to end: from then on, ending is up to the caller. */
function nextSignal() {
  const { promise, resolve } = deferred();
  process.once("SIGINT", () => resolve(130));
  process.once("SIGTERM", () => resolve(143));
  process.once("SIGHUP", () => resolve(129));
  return promise;
}

function howToReach(/** @type {string} */ url) {
  return `
The server stays at ${url} until you press Ctrl-C; what is logged to it meanwhile is thrown away then.

  Python, TypeScript, shell:
    export WANDB_BASE_URL=${url} WANDB_API_KEY=${DEMO_KEY}
  Python:
    wandb.init(project="digits")                    # logs there
    wandb.Api().runs("local/digits")                # reads there
  TypeScript:
    new Api().runs("local/digits")                  # or new Api({ baseUrl, apiKey })`;
}
