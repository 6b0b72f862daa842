/** Exports in a process of its own, which kills itself before a step. Prints how many steps there were. */
import { Api } from "@lazyruns/core";
import { exportWithin } from "../project/export-project.ts";
import { onStep } from "../project/files/steps.ts";
import { KEY } from "./log-runs.ts";
import { SMALL_PARTS } from "./small-parts.ts";

const [url = "", path = "", out = "", killAt = "0"] = process.argv.slice(2);
let steps = 0;
onStep(() => {
  if (++steps === Number(killAt)) process.kill(process.pid, "SIGKILL");
});
const api = new Api({ baseUrl: url, apiKey: KEY });
try {
  const result = await exportWithin(path, { out, api }, SMALL_PARTS);
  process.stdout.write(JSON.stringify({ steps, result }));
} finally {
  await api.close();
}
