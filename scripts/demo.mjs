// npm run demo [-- --keep]: installs, builds, starts the local server with the recorded runs, and reads them.

import path from "node:path";
import { checkDemoRuns, DEMO_KEY, withDemoServer } from "./lib/demo-server.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ROOT, run, runMain, Trouble } from "./lib/run.mjs";
import { nextSignal } from "./lib/signals.mjs";

const PROGRAM = path.join(ROOT, "apps/demo-notebooks/demo/first-look.mjs");

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== "--keep");
  if (unknown !== undefined) throw new Trouble(`Unknown option ${unknown}. Usage: npm run demo [-- --keep]`);
  checkNode();
  checkDemoRuns();
  await installPackages();
  await turbo("build");
  return await demo(args.includes("--keep"));
});

async function demo(/** @type {boolean} */ keep) {
  const interrupted = nextSignal();
  const leaving = new AbortController();
  return withDemoServer(async (server) => {
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
    }
  });
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
