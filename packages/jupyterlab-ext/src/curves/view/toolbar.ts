import type { TranslationBundle } from "@jupyterlab/translation";
import { button, element, setText } from "../../dom.ts";
import type { Grouping } from "../model/groups.ts";
import type { CurvesState } from "../state.ts";
import { cut } from "./cut.ts";
import { groupingNames } from "./grouping-names.ts";
import { MetricPicker } from "./metric-picker.ts";
import { axisName } from "./names.ts";

/** Changes what people chose. */
export type Change = (change: Partial<CurvesState>) => void;

/** What the controls offer. */
export interface Offer {
  readonly state: CurvesState;
  readonly x: readonly (string | null)[];
  readonly groupings: readonly Grouping[];
}

/** One row of controls above the charts. */
export class Toolbar {
  readonly node = element("div", { class: "lr-curves-toolbar" });
  private readonly x = element("select");
  private readonly group = element("select");
  private readonly groupField: HTMLElement;
  private readonly slider = element("input");
  private readonly sliderText = element("span", { class: "lr-curves-number lr-curves-weight" });
  private readonly logX: HTMLButtonElement;
  private readonly logY: HTMLButtonElement;
  private readonly tables: HTMLButtonElement;
  private readonly reset: HTMLButtonElement;
  private readonly picker: MetricPicker;

  private readonly trans: TranslationBundle;
  private offer: Offer | undefined;

  constructor(trans: TranslationBundle, change: Change) {
    this.trans = trans;
    this.node.setAttribute("role", "group");
    this.node.setAttribute("aria-label", trans.__("How curves are drawn"));
    this.x.addEventListener("change", () =>
      change({ x: this.offer?.x[this.x.selectedIndex] ?? null, zoom: undefined }),
    );
    this.group.addEventListener("change", () =>
      change({ groupBy: this.offer?.groupings[this.group.selectedIndex - 1]?.key, hidden: new Set() }),
    );
    Object.assign(this.slider, { type: "range", min: "0", max: "0.99", step: "0.01" });
    this.slider.addEventListener("input", () => change({ smoothing: Number(this.slider.value) }));
    const toggle = (text: string, title: string, flip: (state: CurvesState) => Partial<CurvesState>) => {
      const made = button({
        class: "lr-curves-button",
        text,
        onClick: () => this.offer && change(flip(this.offer.state)),
      });
      made.title = title;
      return made;
    };
    this.logX = toggle(trans.__("log x"), trans.__("Logarithmic x axis"), ({ logX }) => ({
      logX: !logX,
      zoom: undefined,
    }));
    this.logY = toggle(trans.__("log y"), trans.__("Logarithmic y axis"), ({ logY }) => ({ logY: !logY }));
    this.tables = toggle(
      trans.__("Tables"),
      trans.__("Show the numbers of each chart as a table"),
      (state) => ({
        asTables: !state.asTables,
      }),
    );
    this.reset = button({
      class: "lr-curves-button lr-mod-reset",
      text: trans.__("Reset zoom"),
      onClick: () => change({ zoom: undefined }),
    });
    this.picker = new MetricPicker(trans, (shown) => change({ shown }));
    this.groupField = field(trans.__("Group by"), this.group);
    const smoothing = field(trans.__("Smoothing"), this.slider);
    smoothing.append(this.sliderText);
    const scales = element("span", { class: "lr-curves-buttons" });
    scales.append(this.logX, this.logY);
    this.node.append(
      field(trans.__("X axis"), this.x),
      scales,
      smoothing,
      this.groupField,
      this.picker.node,
      this.tables,
      this.reset,
    );
  }

  update(offer: Offer): void {
    const { state, x, groupings } = offer;
    this.offer = offer;
    const { trans } = this;
    setOptions(
      this.x,
      x.map((name) => axisName(name, trans)),
      x.indexOf(state.x),
    );
    setOptions(
      this.group,
      [trans.__("none"), ...groupingNames(groupings, trans)],
      1 + groupings.findIndex(({ key }) => key === state.groupBy),
    );
    this.groupField.hidden = groupings.length === 0;
    const smoothing = String(state.smoothing);
    if (this.slider.value !== smoothing) this.slider.value = smoothing;
    setText(this.sliderText, state.smoothing.toFixed(2));
    press(this.logX, state.logX);
    press(this.logY, state.logY);
    press(this.tables, state.asTables);
    this.reset.hidden = state.zoom === undefined;
    this.picker.update(state);
  }

  dispose(): void {
    this.picker.dispose();
  }
}

function field(name: string, control: HTMLElement): HTMLElement {
  const label = element("label", { class: "lr-curves-field" });
  label.append(element("span", { class: "lr-curves-label", text: name }), control);
  return label;
}

function press(toggle: HTMLButtonElement, isOn: boolean): void {
  toggle.setAttribute("aria-pressed", String(isOn));
}

function setOptions(select: HTMLSelectElement, texts: readonly string[], selected: number): void {
  const isSame =
    select.options.length === texts.length &&
    texts.every((text, at) => select.options[at]?.text === cut(text));
  if (!isSame) select.replaceChildren(...texts.map((text) => element("option", { text: cut(text) })));
  if (select.selectedIndex !== selected) select.selectedIndex = selected;
}
