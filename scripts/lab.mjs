// npm run lab [-- --no-browser] [--port N]: JupyterLab on the demo's notebooks, with a local server that has its runs.

import path from "node:path";
import { parseArgs } from "node:util";
import { checkDemoRuns, withDemoServer } from "./lib/demo-server.mjs";
import { jupyterEnv, REQUIREMENTS } from "./lib/jupyter.mjs";
import { startLabServer } from "./lib/lab-server.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { ROOT, runMain, Trouble } from "./lib/run.mjs";
import { withScratch } from "./lib/scratch.mjs";
import { nextSignal } from "./lib/signals.mjs";

await runMain(async () => {
  const { port, opensBrowser } = options();
  checkNode();
  checkDemoRuns();
  await installPackages();
  await turbo("build");
  const python = await ensurePython([REQUIREMENTS]);
  const interrupted = nextSignal();
  return withDemoServer((server) =>
    withScratch("lazyruns-lab-", async (scratch) => {
      const env = jupyterEnv({ python, url: server.url, state: path.join(ROOT, ".cache/jupyter"), scratch });
      const lab = startLabServer({ python, env, scratch, opensBrowser, port });
      try {
        const url = await Promise.race([lab.ready, interrupted]);
        if (typeof url !== "string") return url;
        console.log(whatIsThere(url, server.url));
        return await Promise.race([interrupted.then(() => 0), lab.ended, server.ended]);
      } finally {
        await lab.stop();
      }
    }),
  );
});

function options() {
  try {
    const { values } = parseArgs({
      options: { "no-browser": { type: "boolean" }, port: { type: "string" } },
    });
    return { port: values.port, opensBrowser: !values["no-browser"] && hasBrowser() };
  } catch (error) {
    throw new Trouble(
      `${error instanceof Error ? error.message : error}\nUsage: npm run lab [-- --no-browser] [--port N]`,
    );
  }
}

/** Whether a browser has somewhere to appear: else Python would open one that takes this terminal, or complain. */
function hasBrowser() {
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(BROWSER || DISPLAY || WAYLAND_DISPLAY);
}

function whatIsThere(/** @type {string} */ url, /** @type {string} */ serverUrl) {
  return `
JupyterLab with the demo's notebooks is at
  ${url}
They read the recorded runs from the local server at ${serverUrl}. Both stay until you press Ctrl-C. What you
change in a notebook is kept; what is logged to the server is thrown away then.`;
}
