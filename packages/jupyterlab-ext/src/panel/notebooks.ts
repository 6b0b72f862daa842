import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { INotebookTracker, Notebook, NotebookPanel } from "@jupyterlab/notebook";
import { type ISignal, Signal } from "@lumino/signaling";
import type { Cells } from "./code/cell-names.ts";

/** The notebook that a cell would go into. */
export interface CurrentNotebook {
  readonly name: string;
  /** What its kernel calls its language; empty: not known. */
  readonly language: string;
  readonly cells: Cells;
  /** Puts a code cell below the active one and goes there. Nothing is run. */
  insert(code: string): void;
}

/** Knows the notebook that was used last, and puts cells into it. */
export class Notebooks {
  private readonly app: JupyterFrontEnd;
  private readonly tracker: INotebookTracker | null;
  private readonly changes = new Signal<this, void>(this);
  private followed: NotebookPanel | null = null;

  constructor(app: JupyterFrontEnd, tracker: INotebookTracker | null) {
    this.app = app;
    this.tracker = tracker;
    tracker?.currentChanged.connect(this.follow, this);
    this.follow();
  }

  /** Told when it is another notebook, or another kernel. */
  get changed(): ISignal<this, void> {
    return this.changes;
  }

  /** Undefined: no notebook is open. */
  get current(): CurrentNotebook | undefined {
    const panel = this.tracker?.currentWidget;
    if (!panel || panel.isDisposed || panel.content.model === null) return undefined;
    return {
      name: panel.title.label,
      language: languageOf(panel),
      cells: cellsOf(panel),
      insert: (code) => this.insert(panel, code),
    };
  }

  dispose(): void {
    this.tracker?.currentChanged.disconnect(this.follow, this);
    this.followed?.sessionContext.kernelChanged.disconnect(this.tell, this);
    Signal.clearData(this);
  }

  private follow(): void {
    const panel = this.tracker?.currentWidget ?? null;
    if (this.followed !== null && !this.followed.isDisposed) {
      this.followed.sessionContext.kernelChanged.disconnect(this.tell, this);
    }
    panel?.sessionContext.kernelChanged.connect(this.tell, this);
    panel?.context.ready.then(() => this.tell()).catch(() => undefined);
    this.followed = panel;
    this.tell();
  }

  private tell(): void {
    this.changes.emit();
  }

  private insert(panel: NotebookPanel, code: string): void {
    const { content } = panel;
    const index = content.activeCellIndex + 1;
    // By the model: the commands that insert a cell make one of the kind that people set as the usual one.
    content.model?.sharedModel.insertCell(index, {
      cell_type: "code",
      source: code,
      metadata: { trusted: true },
    });
    content.deselectAll();
    content.activeCellIndex = index;
    this.app.shell.activateById(panel.id);
    void edit(content, index);
  }
}

/** Goes into a cell, once it is there: long notebooks make cells only as they come into sight. */
async function edit(notebook: Notebook, index: number): Promise<void> {
  const cell = notebook.widgets[index];
  await notebook.scrollToItem(index).catch(() => undefined);
  await cell?.ready;
  if (cell === undefined || cell.isDisposed || notebook.activeCell !== cell) return;
  notebook.mode = "edit";
  notebook.activate();
}

function languageOf(panel: NotebookPanel): string {
  const { sessionContext, content } = panel;
  const running = sessionContext.session?.kernel?.name;
  const spec = sessionContext.specsManager.specs?.kernelspecs[running ?? ""];
  const saved = (key: string, member: string) => {
    const value: unknown = content.model?.getMetadata(key)?.[member];
    return typeof value === "string" ? value : "";
  };
  return spec?.language || saved("language_info", "name") || saved("kernelspec", "language");
}

function cellsOf({ content }: NotebookPanel): Cells {
  const cells = content.model?.sharedModel.cells ?? [];
  const sources = cells.map((cell) => (cell.cell_type === "code" ? cell.getSource() : ""));
  const split = content.activeCellIndex + 1;
  return { above: sources.slice(0, split), below: sources.slice(split) };
}
