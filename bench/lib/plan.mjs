// What is measured: kinds of work, each in some settings, each by some contenders.

import { contendersOf } from "./contenders.mjs";
import { SCALE_KINDS, scalePlan } from "./scale.mjs";

/**
 * @import { Contender } from "./contenders.mjs"
 * @import { Model } from "../server/waits.mjs"
 *
 * @typedef {object} Group contenders that are measured in turns on one setting
 * @property {string} id - `kind/runs/delay`, what `--only` looks at
 * @property {string} kind
 * @property {number} runs
 * @property {number} [historyRows] - of the one run, where its long history is what is read
 * @property {string} [project] - `runs-` and how many, unless given
 * @property {Partial<Model> & { delayMs: number }} model
 * @property {import("../feed/answers.mjs").Field} [fed] - what clients are fed with, in files, instead of the server's
 *   answers; then the model is no matter
 * @property {readonly Contender[]} contenders
 */

/** The kinds of work in the report's order, with their headings. */
export const KINDS = {
  "histories-3": "Histories of 3 keys",
  "histories-all": "Histories of all keys",
  upgrade: "Upgrade to full of loaded runs",
  listing: "Listing",
  configs: "Lazy listing, then every config in a loop",
  table: "One row a run: 3 config keys and 3 summary keys",
  "slow-200ms": "Slow server: 200 ms a history",
  "slow-4-workers": "Slow server: 4 workers, 2 ms a history",
  "slow-4-workers-50ms": "Slow server: 4 workers, 50 ms a history",
  "frames-keys": "Frames of 12 keys, from prepared answers",
  "frames-all": "Frames of all keys, from prepared answers",
  growth: "Growth, Lazyruns alone",
  ...SCALE_KINDS,
};

/** @typedef {keyof typeof KINDS} Kind */
/** @typedef {Exclude<Kind, import("./scale.mjs").ScaleKind>} UsualKind */

/** Those measured at each size and each delay. @type {readonly UsualKind[]} */
const USUAL = ["histories-3", "histories-all", "upgrade", "listing", "configs", "table"];

/** Those that are fed, and the field that the rows come in: with keys they are objects, without them texts. */
const FED = /** @type {const} */ ({ "frames-keys": "sampledHistory", "frames-all": "history" });

const DELAYS = [0, 20, 80];

/**
 * @param {{ quick?: boolean }} [options] - quick: fewer settings, fewer repeats
 * @returns {Group[]}
 */
export function plan({ quick = false } = {}) {
  const make = contendersOf(quick ? { ours: 3, reference: 1 } : { ours: 5, reference: 3 });
  // The reference takes most of the time. Beside the settings that ratios are read from, once is enough.
  const makeShort = contendersOf(quick ? { ours: 3, reference: 1 } : { ours: 5, reference: 1 });
  const group = (
    /** @type {UsualKind} */ kind,
    /** @type {number} */ runs,
    /** @type {Group["model"]} */ model,
  ) => ({
    id: `${kind}/${runs}/${model.delayMs}`,
    kind,
    runs,
    model,
    contenders: (USUAL.includes(kind) && runs === 2_000 && model.delayMs > 0 ? make : makeShort)[kind],
  });
  /** @type {Group[]} */
  const groups = [];
  for (const delayMs of quick ? [20] : DELAYS) {
    for (const kind of USUAL) {
      const isHeavy = kind === "histories-all" || kind === "configs";
      groups.push(group(kind, 200, { delayMs }));
      if (!quick || !isHeavy) groups.push(group(kind, 2_000, { delayMs }));
    }
  }
  groups.push(group("slow-200ms", 200, { delayMs: 20, historyMs: 200 }));
  groups.push(group("slow-4-workers", quick ? 200 : 2_000, { delayMs: 20, workers: 4 }));
  if (!quick) groups.push(group("slow-4-workers-50ms", 200, { delayMs: 20, workers: 4, historyMs: 50 }));
  for (const kind of /** @type {const} */ (["frames-keys", "frames-all"])) {
    for (const runs of quick ? [500] : [500, 2_000])
      groups.push({ ...group(kind, runs, { delayMs: 0 }), fed: FED[kind] });
  }
  for (const runs of quick ? [200, 2_000] : [200, 2_000, 20_000])
    groups.push(group("growth", runs, { delayMs: 20 }));
  return [...groups, ...scalePlan({ quick })];
}
