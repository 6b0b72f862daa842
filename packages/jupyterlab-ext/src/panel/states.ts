import type { TranslationBundle } from "@jupyterlab/translation";

/** The states that W&B documents, those that are met most first. */
export const STATES = [
  "running",
  "finished",
  "failed",
  "crashed",
  "killed",
  "pending",
  "preempting",
  "preempted",
] as const;

/** A state's word; an unknown state is its own. */
export function stateWord(state: string, trans: TranslationBundle): string {
  switch (state) {
    case "running":
      return trans.__("Running");
    case "finished":
      return trans.__("Finished");
    case "failed":
      return trans.__("Failed");
    case "crashed":
      return trans.__("Crashed");
    case "killed":
      return trans.__("Killed");
    case "pending":
      return trans.__("Pending");
    case "preempting":
      return trans.__("Preempting");
    case "preempted":
      return trans.__("Preempted");
    default:
      return state === "" ? trans.__("No state") : state;
  }
}
