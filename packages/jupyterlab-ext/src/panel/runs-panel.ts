import type { TranslationBundle } from "@jupyterlab/translation";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { element } from "../dom.ts";
import type { Notebooks } from "./notebooks.ts";
import type { Place, PlaceStore } from "./place-store.ts";
import { runsIcon } from "./runs-icon.ts";
import type { RunsClient } from "./server/runs-client.ts";
import { Loading } from "./views/loading.ts";
import { type Problem, problemOf, problemView } from "./views/problem-view.ts";
import { ProjectsView } from "./views/projects-view.ts";
import { RunsView } from "./views/runs-view.ts";

interface RunsPanelOptions {
  readonly client: RunsClient;
  readonly trans: TranslationBundle;
  readonly notebooks: Notebooks;
  readonly places: PlaceStore;
  /** Runs a request. */
  readonly limit: () => number;
}

/** The side panel: the projects, or the runs of one, or what keeps it from showing them. */
export class RunsPanel extends Widget {
  private readonly options: RunsPanelOptions;
  private readonly loading = new Loading();
  private readonly view = element("div", { class: "lr-panel-main" });
  /** What a screen reader says of what has happened. */
  private readonly status = element("div", { class: "lr-panel-hidden", attributes: { role: "status" } });
  private current: ProjectsView | RunsView | undefined;
  private isStarted = false;

  constructor(options: RunsPanelOptions) {
    super();
    this.options = options;
    const { trans } = options;
    this.id = "lazyruns-runs-panel";
    this.addClass("lr-panel");
    this.title.icon = runsIcon;
    this.title.caption = trans.__("Runs");
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", trans.__("Runs"));
    this.node.append(this.view, this.status);
  }

  /** Whether there are runs to insert code for. */
  get canInsert(): boolean {
    return this.current instanceof RunsView;
  }

  /** Asks the server anew for what is shown. */
  refresh(): void {
    if (this.current === undefined) void this.start();
    else void this.current.load();
  }

  /** Puts a cell for the selected runs, or for all that are found, into the notebook. */
  insert(): void {
    if (this.current instanceof RunsView) this.current.insert();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.loading.stop();
    this.current?.dispose();
    this.options.notebooks.dispose();
    super.dispose();
  }

  protected override onAfterShow(_message: Message): void {
    this.startOnce();
  }

  protected override onAfterAttach(_message: Message): void {
    this.startOnce();
  }

  protected override onActivateRequest(_message: Message): void {
    this.current?.focus();
  }

  /** Not before people look: a panel that is never opened asks nothing. */
  private startOnce(): void {
    if (this.isStarted || !this.isVisible) return;
    this.isStarted = true;
    void this.start();
  }

  private async start(): Promise<void> {
    const { client, trans, places } = this.options;
    const signal = this.loading.begin();
    const note = trans.__("Asking the Jupyter server…");
    const title = trans.__("The Jupyter server can't read runs yet");
    this.view.setAttribute("aria-busy", "true");
    this.view.replaceChildren(element("p", { class: "lr-panel-note", text: note }));
    try {
      const [status, place] = await Promise.all([client.status(signal), places.last()]);
      signal.throwIfAborted();
      if (!status.isConfigured) this.showProblem({ title, message: status.problem, help: status.help });
      else this.open(place ?? { entity: status.entity, project: undefined });
    } catch (error) {
      if (!signal.aborted) this.showProblem(problemOf(error, title));
    }
    if (!signal.aborted) this.view.removeAttribute("aria-busy");
  }

  private showProblem(problem: Problem): void {
    this.current?.dispose();
    this.current = undefined;
    this.view.replaceChildren(problemView(problem, this.options.trans, () => void this.start()));
  }

  private open({ entity, project }: Place): void {
    const isFocused = this.node.contains(document.activeElement);
    const shared = { ...this.options, say: (text: string) => this.say(text) };
    const view =
      entity !== undefined && project !== undefined
        ? new RunsView({
            ...shared,
            entity,
            project,
            onBack: () => this.open({ entity, project: undefined }),
          })
        : new ProjectsView({
            ...shared,
            entity,
            onOpen: (entity, project) => this.open({ entity, project }),
          });
    this.current?.dispose();
    this.current = view;
    this.view.replaceChildren(view.node);
    this.options.places.keep({ entity, project });
    void view.load().then(() => {
      if (isFocused && this.current === view && !this.node.contains(document.activeElement)) view.focus();
    });
  }

  private say(text: string): void {
    this.status.textContent = text;
  }
}
