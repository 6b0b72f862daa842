import type { TranslationBundle } from "@jupyterlab/translation";
import { refreshIcon } from "@jupyterlab/ui-components";
import { count } from "@lazyruns/curves";
import { element } from "../../dom.ts";
import { age } from "../moments.ts";
import type { Project, ProjectList } from "../server/answers.ts";
import type { RunsClient } from "../server/runs-client.ts";
import { EntityChooser } from "./entity-chooser.ts";
import { iconButton } from "./icon-button.ts";
import { ListBox } from "./list-box.ts";
import { Loading } from "./loading.ts";
import { problemOf, problemView } from "./problem-view.ts";
import { goDown, searchBox } from "./search-box.ts";

interface ProjectsViewOptions {
  readonly client: RunsClient;
  readonly trans: TranslationBundle;
  /** Whose projects; undefined: those of whose API key it is. */
  readonly entity: string | undefined;
  readonly onOpen: (entity: string, project: string) => void;
  readonly say: (text: string) => void;
}

/** The projects of an entity, to open one. */
export class ProjectsView {
  readonly node: HTMLElement;
  private readonly options: ProjectsViewOptions;
  private readonly loading = new Loading();
  private readonly entities: EntityChooser;
  private readonly body: HTMLElement;
  private readonly list: ListBox<Project>;
  private entity: string | undefined;
  /** The entities that there are. */
  private known: readonly string[] = [];
  private answer: ProjectList | undefined;
  private search = "";

  constructor(options: ProjectsViewOptions) {
    const { trans } = options;
    this.options = options;
    this.entity = options.entity;
    this.entities = new EntityChooser(trans, (entity) => {
      this.entity = entity;
      void this.load();
    });
    const search = searchBox(trans.__("Filter projects"), (text) => {
      this.search = text;
      this.showList();
    });
    this.list = new ListBox<Project>({
      label: trans.__("Projects"),
      isMulti: false,
      key: ({ name }) => name,
      render: (project) => this.row(project),
      onActivate: ({ name }) => this.open(name),
    });
    goDown(search.input, this.list);
    this.body = element("div", { class: "lr-panel-body" });
    this.node = element(
      "div",
      { class: "lr-panel-view" },
      element(
        "div",
        { class: "lr-panel-bar" },
        this.entities.node,
        iconButton(refreshIcon, trans.__("Refresh"), () => void this.load()),
      ),
      element("div", { class: "lr-panel-bar" }, search.node),
      this.body,
    );
  }

  /** Asks for the projects, anew too. */
  async load(): Promise<void> {
    const { client, trans } = this.options;
    const signal = this.loading.begin();
    this.entities.show(this.entity, this.known);
    this.body.setAttribute("aria-busy", "true");
    if (this.answer?.entity !== this.entity || this.list.size === 0) {
      this.body.replaceChildren(
        element("p", { class: "lr-panel-note", text: trans.__("Loading projects…") }),
      );
    }
    try {
      this.answer = await client.projects(this.entity, signal);
      this.entity = this.answer.entity;
      this.known = this.answer.entities;
      this.entities.show(this.entity, this.known);
      this.showList();
    } catch (error) {
      if (signal.aborted) return;
      this.answer = undefined;
      this.body.replaceChildren(
        problemView(
          problemOf(error, trans.__("The projects can't be listed")),
          trans,
          () => void this.load(),
        ),
      );
    }
    this.body.removeAttribute("aria-busy");
  }

  focus(): void {
    this.list.focus();
  }

  dispose(): void {
    this.loading.stop();
  }

  private open(project: string): void {
    if (this.entity !== undefined) this.options.onOpen(this.entity, project);
  }

  private showList(): void {
    if (this.answer === undefined) return;
    const { trans } = this.options;
    const { projects, isTruncated, entity } = this.answer;
    const wanted = this.search.toLowerCase();
    const found = projects.filter(({ name }) => name.toLowerCase().includes(wanted));
    this.list.setItems(found);
    const note =
      projects.length === 0
        ? trans.__("%1 has no projects that you can see.", entity)
        : found.length === 0
          ? trans.__("No project's name holds “%1”.", this.search)
          : found.length < projects.length
            ? trans.__("%1 of %2 projects", count(found.length), count(projects.length))
            : trans._n("%2 project", "%2 projects", projects.length, count(projects.length));
    this.options.say(note);
    const children: Node[] = [element("p", { class: "lr-panel-note", text: note })];
    if (found.length > 0) children.push(element("div", { class: "lr-panel-scroll" }, this.list.node));
    if (isTruncated) {
      const text = trans.__("There are more. Type the whole name of another to open it.");
      children.push(element("p", { class: "lr-panel-note", text }));
    }
    if (this.search !== "" && !projects.some(({ name }) => name === this.search)) {
      // A project that isn't listed may be there all the same.
      const name = this.search;
      children.push(
        element("button", {
          class: "lr-panel-button",
          text: trans.__("Open “%1”", name),
          attributes: { type: "button" },
          onClick: () => this.open(name),
        }),
      );
    }
    this.body.replaceChildren(...children);
  }

  private row({ name, description, lastActive, runCount }: Project): Node[] {
    const { trans } = this.options;
    const details = element("div", { class: "lr-panel-details" });
    if (runCount !== undefined) {
      details.append(element("span", { text: trans._n("%2 run", "%2 runs", runCount, count(runCount)) }));
    }
    if (lastActive !== undefined) details.append(age(lastActive));
    const title = element("div", {
      class: "lr-panel-name",
      attributes: { title: name, dir: "auto" },
      text: name,
    });
    const about =
      description === ""
        ? []
        : [
            element("div", {
              class: "lr-panel-about",
              attributes: { title: description },
              text: description,
            }),
          ];
    return [element("div", { class: "lr-panel-cell" }, title, ...about, details)];
  }
}
