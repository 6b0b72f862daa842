import { Clipboard } from "@jupyterlab/apputils";
import type { TranslationBundle } from "@jupyterlab/translation";
import { copyIcon } from "@jupyterlab/ui-components";
import { count } from "@lazyruns/curves";
import { element } from "../../dom.ts";
import { type CodeLanguage, codeFor, codeLanguage } from "../code/code-for.ts";
import type { WantedRuns } from "../code/wanted-runs.ts";
import type { CurrentNotebook, Notebooks } from "../notebooks.ts";
import { iconButton } from "./icon-button.ts";

interface InsertBarOptions {
  readonly trans: TranslationBundle;
  readonly notebooks: Notebooks;
  /** The runs that the buttons are about. */
  readonly wanted: () => WantedRuns;
  readonly say: (text: string) => void;
}

/** The buttons that put code for the selected runs into the notebook or the clipboard. */
export class InsertBar {
  readonly node: HTMLElement;
  private readonly options: InsertBarOptions;
  private readonly button: HTMLButtonElement;
  private readonly copier: HTMLButtonElement;
  private readonly hint: HTMLElement;
  private total = 0;

  constructor(options: InsertBarOptions) {
    const { trans, notebooks } = options;
    this.options = options;
    this.button = element("button", {
      class: "lr-panel-button lr-mod-accept",
      attributes: { type: "button" },
      onClick: () => this.insert(options.wanted()),
    });
    this.copier = iconButton(copyIcon, trans.__("Copy code"), () => this.copy());
    this.hint = element("p", { class: "lr-panel-note" });
    const buttons = element("div", { class: "lr-panel-buttons" }, this.button, this.copier);
    this.node = element("div", { class: "lr-panel-footer" }, buttons, this.hint);
    notebooks.changed.connect(this.update, this);
    this.update();
  }

  /** @param total - how many runs the query finds */
  show(total: number): void {
    this.total = total;
    this.update();
  }

  /** Puts a cell that reads these runs below the active one; says so where there is no notebook for it. */
  insert(wanted: WantedRuns): void {
    const { trans, say, notebooks } = this.options;
    const notebook = notebooks.current;
    const language = notebook && languageFor(notebook);
    if (notebook === undefined || language === undefined) {
      say(this.explain(notebook));
      return;
    }
    notebook.insert(codeFor(language, wanted, notebook.cells));
    say(trans.__("Inserted a cell into %1.", notebook.name));
  }

  dispose(): void {
    this.options.notebooks.changed.disconnect(this.update, this);
  }

  private copy(): void {
    const { trans, say, notebooks, wanted } = this.options;
    const notebook = notebooks.current;
    Clipboard.copyToSystem(codeFor((notebook && languageFor(notebook)) ?? "typescript", wanted()));
    say(trans.__("Copied the code."));
    // What copies takes the focus.
    this.copier.focus();
  }

  private update(): void {
    const { trans, notebooks, wanted } = this.options;
    const selected = wanted().ids?.length;
    this.button.textContent =
      selected === undefined
        ? trans._n("Insert %2 run", "Insert all %2 runs", this.total, count(this.total))
        : trans._n("Insert %2 run", "Insert %2 runs", selected, count(selected));
    const notebook = notebooks.current;
    const isPossible = notebook !== undefined && languageFor(notebook) !== undefined;
    const isEmpty = (selected ?? this.total) === 0;
    this.button.disabled = !isPossible || isEmpty;
    this.copier.disabled = isEmpty;
    this.hint.textContent = this.explain(notebook);
  }

  private explain(notebook: CurrentNotebook | undefined): string {
    const { trans } = this.options;
    if (notebook === undefined) return trans.__("No notebook is open: open one, or copy the code.");
    if (languageFor(notebook) === undefined) {
      const text = "%1 is in %2; there is code for TypeScript, JavaScript and Python.";
      return trans.__(text, notebook.name, notebook.language);
    }
    return trans.__("As a new cell in %1", notebook.name);
  }
}

/** A notebook whose kernel isn't known yet is taken for one in TypeScript. */
function languageFor({ language }: CurrentNotebook): CodeLanguage | undefined {
  return language === "" ? "typescript" : codeLanguage(language);
}
