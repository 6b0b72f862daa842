import { randomBytes } from "node:crypto";
import type { Store } from "../store/store.ts";
import type { SweepRow } from "../store/sweeps.ts";
import { readPlan } from "./plan.ts";

/**
 * What an agent is told to do when it says which of its runs are under way: nothing while there are some, else to
 * begin the next run of the sweep, or to end when there is none. A sweep that was cancelled has its runs stopped.
 *
 * @returns JSON, a list of commands
 */
export function commandsFor(store: Store, sweep: SweepRow, running: readonly string[]): string {
  if (sweep.state.startsWith("CANCEL") && running.length > 0)
    return JSON.stringify(running.map((run_id) => ({ type: "stop", run_id })));
  if (running.length > 0 || sweep.state === "PAUSED") return "[]";
  if (sweep.state !== "PENDING" && sweep.state !== "RUNNING") return EXIT;

  const plan = readPlan(sweep.config);
  const args = plan.args(sweep.handed_out);
  if (args === undefined) {
    store.sweeps.update(sweep.id, { state: "FINISHED" });
    return EXIT;
  }
  store.sweeps.update(sweep.id, { state: "RUNNING", handed_out: sweep.handed_out + 1 });
  const run = { type: "run", run_id: randomBytes(4).toString("hex"), program: plan.program };
  return `[${JSON.stringify(run).slice(0, -1)},"args":${args}}]`;
}

const EXIT = '[{"type":"exit"}]';
