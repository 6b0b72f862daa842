// Deno's kernel, as its kernelspec starts it: node deno.mjs CONNECTION_FILE. The npm package holds the binary; its own
// command would end at the SIGINT that interrupts a cell, and Jupyter would take the kernel for dead.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const { runInstall } = createRequire(import.meta.url)("deno/install_api.cjs");
const [connectionFile = ""] = process.argv.slice(2);
const kernel = spawn(runInstall(), ["jupyter", "--kernel", "--conn", connectionFile], { stdio: "inherit" });

process.on("SIGINT", () => undefined); // the kernel is in the same group of processes and gets its own
process.once("SIGTERM", () => kernel.kill("SIGTERM"));
kernel.once("error", (error) => {
  console.error(error.message);
  process.exitCode = 127;
});
kernel.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
