import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { type ISignal, Signal } from "@lumino/signaling";
import { PanelLayout } from "@lumino/widgets";
import { parseHistory } from "../data/parse-history.ts";
import { parseRuns } from "../data/parse-runs.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { Fallback } from "./fallback.ts";
import { HistoryView } from "./history-view.ts";
import { isOwnKey } from "./keys.ts";
import { RUNS_MIME_TYPE } from "./mime-types.ts";
import { RunView } from "./run-view.ts";
import { RunsView } from "./runs-view.ts";
import { isSame } from "./same.ts";
import { SteadyWidget } from "./steady-widget.ts";
import type { ViewContext } from "./view-context.ts";
import type { Views } from "./views.ts";

type View = RunsView | RunView | HistoryView;

/** An output of ours, wherever one shows: draws its JSON, or says why not and shows what else the output holds. */
export class Output extends SteadyWidget implements IRenderMime.IRenderer {
  private readonly views: Views;
  private readonly context: ViewContext;
  private readonly registry: IRenderMimeRegistry;
  private readonly options: IRenderMime.IRendererOptions;
  private readonly content = new PanelLayout();
  private readonly models = new Signal<this, IRenderMime.IMimeModel>(this);
  private shown: View | Fallback | undefined;
  private last: IRenderMime.IMimeModel | undefined;
  private drawn: unknown;

  constructor(
    views: Views,
    registry: IRenderMimeRegistry,
    options: IRenderMime.IRendererOptions,
    context = views.newContext(),
  ) {
    super();
    this.views = views;
    this.context = context;
    this.registry = registry;
    this.options = options;
    this.layout = this.content;
    this.addClass("lr-output");
    this.addClass(options.mimeType === RUNS_MIME_TYPE ? "lr-output-runs" : "lr-output-history");
    const use = () => views.use(this);
    for (const event of ["focusin", "pointerdown", "contextmenu"])
      this.node.addEventListener(event, use, true);
    this.node.addEventListener("keydown", (event) => {
      if (isOwnKey(event)) event.stopPropagation();
    });
    views.add(this);
  }

  /** Told when it has another model. */
  get modelChanged(): ISignal<this, IRenderMime.IMimeModel> {
    return this.models;
  }

  /** What it shows; undefined: nothing of ours. */
  get view(): View | undefined {
    return this.shown instanceof Fallback ? undefined : this.shown;
  }

  /**
   * Draws a model. What shows already is brought up to date, and stays as people have arranged it; a model that holds
   * what the last one held changes nothing, nor does one that comes when it is disposed. Never rejects.
   */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    if (this.isDisposed) return;
    const isFirst = this.last === undefined;
    // What is shown instead is made of the whole of the model.
    const holds = this.shown instanceof Fallback ? model.data : model.data[this.options.mimeType];
    if (!isFirst && isSame(holds, this.drawn)) return;
    this.last = model;
    await this.draw(model);
    if (!isFirst && !this.isDisposed) this.models.emit(model);
  }

  /** Another output of the same data, which follows this one as long as it is there. */
  copy(): Output {
    const copy = new Output(this.views, this.registry, this.options, this.context);
    const follow = (_: Output, model: IRenderMime.IMimeModel) => void copy.renderModel(model);
    this.models.connect(follow);
    copy.disposed.connect(() => this.models.disconnect(follow));
    if (this.last !== undefined) void copy.renderModel(this.last);
    return copy;
  }

  setSettings(settings: ViewSettings): void {
    this.view?.setSettings(settings);
  }

  themeChanged(): void {
    this.view?.themeChanged();
  }

  private async draw(model: IRenderMime.IMimeModel): Promise<void> {
    const json = model.data[this.options.mimeType];
    const { trans } = this.views;
    let instead: string | undefined;
    try {
      instead = this.options.mimeType === RUNS_MIME_TYPE ? this.drawRuns(json) : this.drawHistory(json);
      this.drawn = json;
    } catch (error) {
      console.error("Lazyruns: an output can't be drawn.", error);
      instead = trans.__("This output can't be drawn: %1", String(error));
    }
    this.views.touch(this);
    if (instead === undefined) {
      await this.view?.ready;
      return;
    }
    this.drawn = model.data;
    const fallback = this.showA(Fallback, () => new Fallback(this.registry, this.options, trans));
    await fallback.setModel(model, instead);
  }

  /** Returns why it can't be drawn. */
  private drawRuns(json: unknown): string | undefined {
    const parsed = parseRuns(json, this.views.trans);
    if (!parsed.ok) return parsed.reason;
    const { data, notes } = parsed;
    if (data.of === "run" && data.ids.length === 1) {
      this.showA(RunView, () => new RunView(this.context)).setData(data, notes);
    } else {
      this.showA(RunsView, () => this.newRunsView()).setData(data, notes);
    }
    return undefined;
  }

  private drawHistory(json: unknown): string | undefined {
    const parsed = parseHistory(json, this.views.trans);
    if (!parsed.ok) return parsed.reason;
    this.showA(HistoryView, () => new HistoryView(this.context)).setData(parsed.data, parsed.notes);
    return undefined;
  }

  private newRunsView(): RunsView {
    const view = new RunsView(this.context);
    view.changed.connect(() => this.views.touch(this));
    return view;
  }

  /** What is shown already if it is of this kind, else a new one in its place. */
  private showA<Kind extends View | Fallback>(kind: new (...args: never[]) => Kind, make: () => Kind): Kind {
    if (this.shown instanceof kind) return this.shown;
    this.shown?.dispose();
    this.shown = undefined;
    const made = make();
    this.shown = made;
    this.content.addWidget(made);
    return made;
  }
}
