// What the runs of the frames' rows logged: the synthetic project's metrics and a text, 12 keys in all.

import { historyOf, rowTexts } from "../server/history.mjs";

/** The keys that are asked for; the x axis `_step` comes with them. */
export const FRAME_KEYS = [
  ...["_runtime", "_timestamp", "epoch", "grad_norm", "lr", "phase", "throughput"],
  ...["train/accuracy", "train/loss", "val/accuracy", "val/loss"],
];

const PHASES = ["warm-up", "training", "cool-down"];

/** @param {number} index - the run's @returns {string[]} its rows as JSON texts, their keys sorted by name */
export function frameRows(index) {
  const metrics = historyOf(index);
  const count = metrics.get("_step")?.length ?? 0;
  const phase = Array.from({ length: count }, (_, row) =>
    JSON.stringify(PHASES[Math.floor((PHASES.length * row) / count)]),
  );
  /** @type {Iterable<[string, readonly (number | string)[]]>} */
  const columns = [...metrics, ["phase", phase]];
  return rowTexts(new Map([...columns].sort(([a], [b]) => (a < b ? -1 : 1))));
}
