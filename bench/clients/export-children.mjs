// Exports in processes of their own, some of which are killed on the way.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { control } from "../lib/control.mjs";
import { randomNumbers } from "../server/random.mjs";

/**
 * @import { Measured, Task } from "../lib/work.mjs"
 * @typedef {Task & { out: string }} ExportTask
 */

const KILLS = 5;
const SEED = 8;
/** How often the server is asked how far the work has come, in milliseconds. */
const LOOK_EVERY_MS = 10;

/** A run's history and its machine's metrics. */
const READINGS_A_RUN = 2;

/** @param {ExportTask} task */
function start(task) {
  const script = fileURLToPath(new URL("export.mjs", import.meta.url));
  const sent = JSON.stringify({ ...task, work: "export", isPart: true, digest: false });
  const child = spawn(process.execPath, [script, sent], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  /** Undefined when it was killed. @type {Promise<Measured | undefined>} */
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(undefined);
      else if (code === 0) resolve(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
      else reject(new Error(stderr.trim() || `An export ended with ${code ?? signal}.`));
    });
  });
  return { child, ended };
}

/** @param {ExportTask} task */
export async function exportInChild(task) {
  const measured = await start(task).ended;
  if (measured === undefined) throw new Error("An export was killed by somebody else.");
  return measured;
}

/**
 * Exports, and kills whoever does it when the server has read so many different histories: at five places on the way
 * that are drawn from a seed, so they are the same on a slow machine.
 *
 * @param {ExportTask} task
 */
export async function exportByChildren(task) {
  const runs = Number(/\d+$/.exec(task.path)?.[0]);
  const random = randomNumbers(SEED);
  const places = Array.from({ length: KILLS }, () => READINGS_A_RUN * runs * (0.02 + 0.96 * random()));
  places.sort((a, b) => a - b);
  let [kills, peakMB, cpuSeconds] = [0, 0, 0];
  for (;;) {
    const { child, ended } = start(task);
    const place = places[kills];
    if (place !== undefined)
      await killAt(place, task.url, child, ended, (peak) => {
        peakMB = Math.max(peakMB, peak);
      });
    const measured = await ended;
    if (measured !== undefined) {
      cpuSeconds += measured.cpuSeconds;
      return { rows: measured.count, kills, peakMB: Math.max(peakMB, measured.peakMB ?? 0), cpuSeconds };
    }
    kills++;
  }
}

/**
 * @param {number} place
 * @param {string} url
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<unknown>} ended
 * @param {(peakMB: number) => void} told - of the child's peak when it is killed
 */
async function killAt(place, url, child, ended, told) {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  ended.then(over, over);
  while (!isOver) {
    const { differentReadings } = await control(url);
    if (differentReadings >= place) {
      told(peakOf(child.pid));
      child.kill("SIGKILL");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** @param {number | undefined} pid */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
