// npm run demo:record: trains the models of the demo anew and replaces the recorded runs.

import path from "node:path";
import { ensurePython } from "./lib/python.mjs";
import { ROOT, run, runMain } from "./lib/run.mjs";

const TRAINING = "apps/demo-notebooks/training";

await runMain(async () => {
  const python = await ensurePython([`${TRAINING}/requirements.txt`]);
  const { code } = await run(python, [path.join(ROOT, TRAINING, "record.py")]);
  return code;
});
