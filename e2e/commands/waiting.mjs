// A script as those in scripts/ are, which waits for a program that never ends. Prints its own process id.

import { run, runMain } from "../../scripts/lib/run.mjs";

const CHILD = "console.log(process.pid); setInterval(() => undefined, 1000)";

await runMain(async () => {
  console.log(process.pid);
  const { code } = await run(process.execPath, ["-e", CHILD]);
  return code;
});
