// Loaded into a server before its own code: it ends when the process that started it is gone, however that ended. The folder
// that its address names (`?remove=PATH`) goes with it then: nobody else is there to remove it.

import { rmSync } from "node:fs";

const folder = new URL(import.meta.url).searchParams.get("remove");

process.channel?.unref(); // the channel alone keeps nothing running
process.once("disconnect", () => {
  if (folder) process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  process.kill(process.pid, "SIGTERM");
});
