import type { TranslationBundle } from "@jupyterlab/translation";
import {
  bugIcon,
  checkIcon,
  circleEmptyIcon,
  circleIcon,
  errorIcon,
  type LabIcon,
  runIcon,
  stopIcon,
} from "@jupyterlab/ui-components";

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

const ICONS: ReadonlyMap<string, LabIcon> = new Map([
  ["running", runIcon],
  ["finished", checkIcon],
  ["failed", errorIcon],
  ["crashed", bugIcon],
  ["killed", stopIcon],
  ["pending", circleEmptyIcon],
  ["preempting", circleEmptyIcon],
  ["preempted", circleEmptyIcon],
]);

/** A state's picture, beside its word. */
export function stateIcon(state: string): HTMLElement {
  const icon = ICONS.get(state) ?? circleIcon;
  const node = icon.element({ tag: "span", className: "lr-panel-state" });
  node.dataset.state = ICONS.has(state) ? state : "other";
  node.setAttribute("aria-hidden", "true");
  return node;
}
