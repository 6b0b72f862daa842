// The frame of a measurement in Node: the task from argv, the clock, the server's counters, the result to stdout.

import { readFileSync } from "node:fs";
import { control } from "../lib/control.mjs";
import { digest } from "../lib/digest.mjs";

/**
 * @import { Digest } from "../lib/digest.mjs"
 * @import { Measured, ServerState, Task } from "../lib/work.mjs"
 * @typedef {object} Prepared
 * @property {(first: () => void) => Promise<any>} work - calls `first` when the first run's result is there; gives what
 *   was read (a list or a table) or how many it was
 * @property {(result: any) => number} [count] - of what was read, where it is neither
 * @property {(result: any) => Iterable<object> | Promise<Iterable<object>>} [records] - what was read, for the digest
 * @property {() => Promise<Digest>} [describe] - makes the digest itself, where it isn't of records
 * @property {(result: any) => Promise<Partial<Measured>>} [more] - what else is known, or better known, of the work
 * @property {() => Promise<ServerState>} [state] - what was asked and answered, where the server isn't asked
 * @property {() => Promise<void>} [close]
 */

/**
 * Prepares (login, connections, what the work starts from), then does the work once with the clock running.
 *
 * @param {(task: Task) => Promise<Prepared>} prepare
 */
export async function measure(prepare) {
  /** @type {Task} */
  const task = JSON.parse(process.argv[2] ?? "");
  const prepared = await prepare(task);
  const { work, count = countOf, state = () => control(task.url), more, close } = prepared;
  if (!task.isPart) await control(task.url, { reset: true });
  /** @type {number | null} */
  let firstResultSeconds = null;
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const result = await work(() => {
    firstResultSeconds ??= (performance.now() - start) / 1000;
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuStart);
  const peakMB = peakMegabytes();
  const server = await state();
  /** @type {Measured} */
  const measured = {
    seconds,
    firstResultSeconds,
    cpuSeconds: (user + system) / 1e6,
    server,
    peakMB,
    count: count(result),
    digest: task.digest ? await digestOf(prepared, result) : null,
    ...(await more?.(result)),
  };
  await close?.();
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

/** @param {Prepared} prepared @param {any} result */
async function digestOf({ describe, records }, result) {
  if (describe) return describe();
  return records ? digest(await records(result)) : null;
}

/** @param {any} result @returns {number} */
const countOf = (result) =>
  typeof result === "number" ? result : Array.isArray(result) ? result.length : result.numRows;

function peakMegabytes() {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
