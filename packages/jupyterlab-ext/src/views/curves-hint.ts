import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import type { RunsData } from "../data/runs-data.ts";
import { element } from "../dom.ts";
import { Copyable } from "./copyable.ts";

/** What a metric may be called to be suggested: nothing that would read as other code than it is. */
const PLAIN_NAME = /^[A-Za-z][\w/-]{0,60}$/;
const NUMERIC = new Set(["int64", "float64"]);

/** Says how an output without histories gets them. */
export class CurvesHint extends Widget {
  private readonly code: Copyable;

  constructor(trans: TranslationBundle) {
    super();
    this.code = new Copyable(trans);
    this.addClass("lr-hint");
    const text = trans.__("No histories in here. To see curves:");
    this.node.append(element("span", { class: "lr-hint-text", text }), this.code.node);
  }

  setData(data: RunsData): void {
    const name = data.of === "run" ? "run" : "runs";
    const code = `await lazyruns.show(${name}, { keys: [${JSON.stringify(metricOf(data))}] });`;
    this.code.setCode(code);
  }
}

/** A metric that the runs have, best one that is called a loss. */
function metricOf({ columns }: RunsData): string {
  const names = columns
    .filter(({ kind, dtype, name }) => kind === "summary" && NUMERIC.has(dtype) && PLAIN_NAME.test(name))
    .map(({ name }) => name);
  return names.find((name) => name.toLowerCase().includes("loss")) ?? names[0] ?? "loss";
}
