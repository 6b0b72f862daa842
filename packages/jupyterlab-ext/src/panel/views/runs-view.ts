import type { TranslationBundle } from "@jupyterlab/translation";
import { count as counted } from "@lazyruns/curves";
import { element } from "../../dom.ts";
import type { WantedRuns } from "../code/wanted-runs.ts";
import type { Notebooks } from "../notebooks.ts";
import type { ListedRun, RunList } from "../server/answers.ts";
import type { RunsClient } from "../server/runs-client.ts";
import { DEFAULT_ORDER, type RunsQuery } from "../server/runs-query.ts";
import { Debounced } from "./debounced.ts";
import { InsertBar } from "./insert-bar.ts";
import { ListBox } from "./list-box.ts";
import { Loading } from "./loading.ts";
import { problemOf, problemView } from "./problem-view.ts";
import { runRow } from "./run-row.ts";
import { RunsHeader } from "./runs-header.ts";
import { goDown, searchBox } from "./search-box.ts";
import { SortChooser } from "./sort-chooser.ts";
import { StateFilter } from "./state-filter.ts";

interface RunsViewOptions {
  readonly client: RunsClient;
  readonly trans: TranslationBundle;
  readonly notebooks: Notebooks;
  readonly entity: string;
  readonly project: string;
  /** Runs a request. */
  readonly limit: () => number;
  readonly onBack: () => void;
  readonly say: (text: string) => void;
}

/** How many runs the server gives at once, at most. */
const MOST_ROWS = 500;
/** How near to its end, in pixels, the list asks for more by itself. */
const NEAR_END = 200;

/** The runs of a project: searched, filtered, sorted and selected from. */
export class RunsView {
  readonly node: HTMLElement;
  private readonly options: RunsViewOptions;
  private readonly loading = new Loading();
  private readonly typing = new Debounced<string>((search) => this.ask({ search }));
  private readonly header: RunsHeader;
  private readonly insertBar: InsertBar;
  private readonly list: ListBox<ListedRun>;
  private readonly note: HTMLElement;
  private readonly clear: HTMLButtonElement;
  private readonly more: HTMLButtonElement;
  private readonly body: HTMLElement;
  private readonly scroll: HTMLElement;
  /** What is asked for. */
  private query: RunsQuery;
  /** The last answer, and the query that it answers: what the list, the counts and the buttons are about. */
  private answer: (RunList & { readonly of: RunsQuery }) | undefined;
  private isBusy = false;

  constructor(options: RunsViewOptions) {
    const { trans, entity, project } = options;
    this.options = options;
    this.query = { entity, project, states: [], search: "", order: DEFAULT_ORDER };
    this.header = new RunsHeader({ ...options, onRefresh: () => void this.load() });
    const search = searchBox(trans.__("Search names and ids"), (text) => this.typing.set(text));
    const states = new StateFilter(trans, (states) => this.ask({ states }));
    const sort = new SortChooser(trans, (order) => this.ask({ order }));
    this.list = new ListBox<ListedRun>({
      label: trans.__("Runs of %1", project),
      isMulti: true,
      key: ({ id }) => id,
      render: (run) => runRow(run, trans),
      onActivate: (run) => this.activate(run),
      onSelect: () => this.showCounts(),
    });
    goDown(search.input, this.list);
    this.insertBar = new InsertBar({ ...options, wanted: () => this.wanted() });
    this.note = element("p", { class: "lr-panel-note" });
    this.clear = element("button", {
      class: "lr-panel-link",
      text: trans.__("Clear selection"),
      attributes: { type: "button" },
      onClick: () => {
        this.list.clearSelection();
        this.list.focus();
      },
    });
    this.more = element("button", {
      class: "lr-panel-button",
      text: trans.__("Show more"),
      attributes: { type: "button" },
      onClick: () => void this.loadMore(),
    });
    this.scroll = element("div", { class: "lr-panel-scroll" }, this.list.node, this.more);
    this.scroll.addEventListener("scroll", () => {
      const { scrollTop, clientHeight, scrollHeight } = this.scroll;
      const isNear = scrollTop + clientHeight > scrollHeight - NEAR_END;
      // After a fault only the button asks again.
      if (isNear && !this.more.hidden && this.more.previousSibling === this.list.node) void this.loadMore();
    });
    this.body = element("div", { class: "lr-panel-body" });
    this.node = element(
      "div",
      { class: "lr-panel-view" },
      this.header.node,
      element("div", { class: "lr-panel-bar" }, search.node, states.button),
      states.choice,
      element("div", { class: "lr-panel-bar" }, sort.node),
      element("div", { class: "lr-panel-counts" }, this.note, this.clear),
      this.body,
      this.insertBar.node,
    );
  }

  /** Asks for the runs, anew too. */
  async load(): Promise<void> {
    const { trans } = this.options;
    const signal = this.begin();
    if (this.answer === undefined) this.tell(trans.__("Loading runs…"));
    const { query } = this;
    try {
      const list = await this.asMany(query, this.answer?.of === query ? this.list.size : 0, signal);
      this.answer = { ...list, of: query };
      this.header.showPage(this.answer.url);
      this.list.setItems(this.answer.runs);
      this.body.replaceChildren(...(this.answer.runs.length > 0 ? [this.scroll] : []));
      this.end();
    } catch (error) {
      if (signal.aborted) return;
      this.answer = undefined;
      this.list.setItems([]);
      this.body.replaceChildren(
        problemView(problemOf(error, trans.__("The runs can't be listed")), trans, () => void this.load()),
      );
      this.end();
    }
  }

  focus(): void {
    if (this.list.size > 0) this.list.focus();
    else this.header.back.focus();
  }

  /** Puts a cell for the selected runs, or for all that are found, into the notebook. */
  insert(): void {
    this.insertBar.insert(this.wanted());
  }

  dispose(): void {
    this.loading.stop();
    this.typing.stop();
    this.insertBar.dispose();
  }

  /** The runs from the first on, at least as many as there were, and those that are selected as far as they are near. */
  private async asMany(query: RunsQuery, before: number, signal: AbortSignal): Promise<RunList> {
    const { client, limit } = this.options;
    const missing = new Set(before === 0 ? [] : this.list.selection.map(({ id }) => id));
    const runs: ListedRun[] = [];
    for (let cursor: string | undefined; ; ) {
      const count = Math.min(MOST_ROWS, Math.max(limit(), before - runs.length));
      const page = await client.runs(query, count, cursor, signal);
      runs.push(...page.runs);
      for (const { id } of page.runs) missing.delete(id);
      const isEnough = runs.length >= before && (missing.size === 0 || runs.length >= before + MOST_ROWS);
      const isLast = page.cursor === undefined || page.cursor === cursor;
      if (isEnough || isLast) return { ...page, runs: distinct(runs), ...(isLast && { cursor: undefined }) };
      cursor = page.cursor;
    }
  }

  private ask(change: Partial<RunsQuery>): void {
    this.query = { ...this.query, ...change };
    this.scroll.scrollTop = 0;
    void this.load();
  }

  private async loadMore(): Promise<void> {
    const { client, trans, limit } = this.options;
    const { answer } = this;
    if (this.isBusy || answer?.cursor === undefined) return;
    const signal = this.begin();
    this.scroll.querySelector(".lr-panel-problem")?.remove();
    try {
      const page = await client.runs(answer.of, limit(), answer.cursor, signal);
      this.list.addItems(page.runs);
      this.answer = {
        ...page,
        of: answer.of,
        cursor: page.cursor === answer.cursor ? undefined : page.cursor,
      };
    } catch (error) {
      if (signal.aborted) return;
      this.more.before(
        problemView(
          problemOf(error, trans.__("The runs can't be listed")),
          trans,
          () => void this.loadMore(),
        ),
      );
    }
    this.end();
  }

  private begin(): AbortSignal {
    this.isBusy = true;
    this.body.setAttribute("aria-busy", "true");
    return this.loading.begin();
  }

  private end(): void {
    this.isBusy = false;
    this.body.removeAttribute("aria-busy");
    this.more.hidden = this.answer?.cursor === undefined;
    this.showCounts();
    if (this.note.textContent) this.options.say(this.note.textContent);
  }

  private wanted(): WantedRuns {
    const ids = this.list.selection.map(({ id }) => id);
    return { query: this.answer?.of ?? this.query, ids: ids.length > 0 ? ids : undefined };
  }

  /** A run of the selection brings all of that. */
  private activate(run: ListedRun): void {
    const selected = this.list.selection.map(({ id }) => id);
    this.insertBar.insert({ ...this.wanted(), ids: selected.includes(run.id) ? selected : [run.id] });
  }

  private tell(text: string): void {
    this.note.textContent = text;
  }

  private showCounts(): void {
    const { trans } = this.options;
    const total = this.answer?.total ?? 0;
    const selected = this.list.selection.length;
    this.clear.hidden = selected === 0;
    this.insertBar.show(total);
    if (this.answer === undefined) this.tell("");
    else if (selected > 0) this.tell(trans.__("%1 of %2 selected", counted(selected), counted(total)));
    else if (total > 0) this.tell(trans._n("%2 run", "%2 runs", total, counted(total)));
    else if (this.answer.of.search !== "" || this.answer.of.states.length > 0) {
      this.tell(trans.__("No run of this project is like that."));
    } else this.tell(trans.__("This project has no runs."));
  }
}

/** Without what moved between two pages, and so came twice. */
function distinct(runs: readonly ListedRun[]): ListedRun[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}
