import type { TranslationBundle } from "@jupyterlab/translation";
import { element } from "../../dom.ts";
import { DEFAULT_ORDER, metricOrder } from "../server/runs-query.ts";
import { selectBox } from "./select-box.ts";

const METRIC_UP = "metric-up";
const METRIC_DOWN = "metric-down";

/** Chooses how runs are ordered: by a field, or by a metric or hyper-parameter of any name. */
export class SortChooser {
  readonly node: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly metric: HTMLInputElement;
  private last = DEFAULT_ORDER;

  constructor(trans: TranslationBundle, onChange: (order: string) => void) {
    const option = (value: string, text: string) => element("option", { text, attributes: { value } });
    const { node, select } = selectBox(trans.__("Sort by"));
    this.select = select;
    select.append(
      option(DEFAULT_ORDER, trans.__("Newest first")),
      option("+created_at", trans.__("Oldest first")),
      option("+displayName", trans.__("Name, A to Z")),
      option("-displayName", trans.__("Name, Z to A")),
      option(METRIC_DOWN, trans.__("Metric, highest first")),
      option(METRIC_UP, trans.__("Metric, lowest first")),
    );
    this.metric = element("input", {
      class: "lr-panel-input",
      attributes: {
        type: "text",
        placeholder: trans.__("accuracy or config.lr"),
        "aria-label": trans.__("Metric or config key to sort by"),
        spellcheck: "false",
      },
    });
    this.metric.hidden = true;
    const change = () => {
      const order = this.order();
      if (order === undefined || order === this.last) return;
      this.last = order;
      onChange(order);
    };
    this.select.addEventListener("change", () => {
      this.metric.hidden = !this.isMetric();
      if (this.isMetric() && this.order() === undefined) this.metric.focus();
      change();
    });
    // Not at each letter: half a metric's name is another one.
    this.metric.addEventListener("change", change);
    this.node = element("div", { class: "lr-panel-sort" }, node, this.metric);
  }

  private isMetric(): boolean {
    return this.select.value === METRIC_UP || this.select.value === METRIC_DOWN;
  }

  private order(): string | undefined {
    if (!this.isMetric()) return this.select.value;
    return metricOrder(this.metric.value, this.select.value === METRIC_UP);
  }
}
