// A local server for the demo, in a process of its own that never outlives its starter.

import { spawn } from "node:child_process";
import { urlIn } from "./listening.mjs";
import { deferred, Trouble } from "./run.mjs";

const END_WITH_PARENT = new URL("end-with-parent.mjs", import.meta.url);
const STARTS_WITHIN_MS = 30_000;
const STOPS_WITHIN_MS = 5_000;

/**
 * Starts `lazyruns-server` on a free port and waits until it listens. It removes its folder when its starter is gone.
 *
 * @param {{ bin: string, dataDir: string, imports?: readonly string[] }} options
 * @returns {Promise<{ url: string, ended: Promise<number>, stop: () => Promise<void> }>}
 */
export async function startLocalServer({ bin, dataDir, imports = [] }) {
  const args = [bin, "--data", dataDir, "--port", "0", ...imports.flatMap((dir) => ["--import", dir])];
  const preload = new URL(`?remove=${encodeURIComponent(dataDir)}`, END_WITH_PARENT);
  const child = spawn(process.execPath, ["--import", preload.href, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const listening = deferred();
  const closed = deferred();
  let output = "";
  const read = (/** @type {Buffer} */ bytes) => {
    output += bytes;
    const url = urlIn(output);
    if (url !== undefined) listening.resolve(url);
  };
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  child.once("error", (error) => {
    output += error.message;
    closed.resolve(127);
  });
  child.once("close", (code) => closed.resolve(code ?? 128));
  const kill = () => child.kill("SIGKILL");
  const tooLate = setTimeout(kill, STARTS_WITHIN_MS);
  const url = await Promise.race([listening.promise, closed.promise.then(() => undefined)]);
  clearTimeout(tooLate);
  if (url === undefined) throw new Trouble(`The local server didn't start:\n${output.trimEnd()}`);
  return {
    url,
    ended: closed.promise,
    stop: async () => {
      child.kill("SIGTERM");
      const impatient = setTimeout(kill, STOPS_WITHIN_MS);
      await closed.promise;
      clearTimeout(impatient);
    },
  };
}
