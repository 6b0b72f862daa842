// npm run bench [-- OPTIONS]: installs what is missing, builds, then measures. `npm run bench -- --help` tells the options.

import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { run, runMain } from "./lib/run.mjs";

await runMain(async () => {
  checkNode();
  await installPackages();
  const python = await ensurePython(["e2e/requirements.txt"]);
  await turbo("build");
  const { code } = await run(process.execPath, ["bench/run.mjs", ...process.argv.slice(2)], {
    env: { ...process.env, LAZYRUNS_PYTHON: python },
  });
  return code;
});
