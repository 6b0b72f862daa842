// npm run wheel: the wheel of the JupyterLab extension, in packages/jupyterlab-ext/dist.

import path from "node:path";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { ROOT, runMain } from "./lib/run.mjs";
import { makeWheel, WHEEL_FOLDER, WHEEL_REQUIREMENTS } from "./lib/wheel.mjs";

await runMain(async () => {
  checkNode();
  await installPackages();
  await turbo("build", ["--filter=@lazyruns/jupyterlab-ext"]);
  const python = await ensurePython([WHEEL_REQUIREMENTS]);
  const wheel = path.relative(ROOT, await makeWheel({ python, into: WHEEL_FOLDER }));
  console.log(`The wheel is at
  ${wheel}
Install it where Jupyter is: pip install ${wheel}`);
});
