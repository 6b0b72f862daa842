// Takes away what the build made, so that nothing of an earlier one gets into the wheel.

import { rm } from "node:fs/promises";
import { join } from "node:path";

for (const folder of ["lib", "jupyterlab_lazyruns/labextension"]) {
  await rm(join(import.meta.dirname, "..", folder), { recursive: true, force: true });
}
