import { QueryError } from "../query/index.ts";
import type { RunRow } from "../store/runs.ts";

/** A run that says it is running, and has not been heard of for long, has crashed: its process can't say so. */
export function stateOf(run: Pick<RunRow, "state" | "heartbeat_at">, crashedAfter: number): string {
  const silent = run.state === "running" && Date.now() - Date.parse(run.heartbeat_at) > crashedAfter;
  return silent ? "crashed" : run.state;
}

const STATES = ["running", "finished", "failed", "crashed", "killed", "pending", "preempting", "preempted"];

/** @throws QueryError for what is no state of a run */
export function checkState(state: string): string {
  if (STATES.includes(state)) return state;
  throw new QueryError(`${JSON.stringify(state)} is no state of a run; there are: ${STATES.join(", ")}`);
}

/** Whether a run of this state has logged everything, unless it is resumed. */
export function hasEnded(state: string): boolean {
  return ["finished", "failed", "crashed", "killed"].includes(state);
}
