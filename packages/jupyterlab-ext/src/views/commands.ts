import type { ILabShell, JupyterFrontEnd } from "@jupyterlab/application";
import { type ICommandPalette, MainAreaWidget } from "@jupyterlab/apputils";
import { copyIcon, downloadIcon, launchIcon, tableRowsIcon } from "@jupyterlab/ui-components";
import { count } from "@lazyruns/curves";
import type { CommandRegistry } from "@lumino/commands";
import { csvText, fileName, saveFile } from "./csv.ts";
import type { Output } from "./output.ts";
import { RunsView } from "./runs-view.ts";
import type { Views } from "./views.ts";

/** The names of the commands, which menus and shortcuts refer to. */
export const COMMANDS = {
  copyRuns: "lazyruns:copy-runs",
  openPage: "lazyruns:open-run-page",
  showAll: "lazyruns:show-all-columns",
  reset: "lazyruns:reset-table",
  saveCsv: "lazyruns:save-csv",
  openInTab: "lazyruns:open-in-tab",
} as const;

/**
 * Adds what can be done with an output: with the one that was clicked or reached by keyboard last.
 *
 * @param shell - where a tab can be opened; null: this host has no tabs
 */
export function addCommands(
  app: JupyterFrontEnd,
  views: Views,
  palette: ICommandPalette | null,
  shell: ILabShell | null,
): void {
  const { trans } = views;
  const runs = () => (views.current?.view instanceof RunsView ? views.current.view : undefined);
  const page = () => views.current?.view?.page;
  const selected = () => runs()?.selection.length ?? 0;

  const commands: Record<string, CommandRegistry.ICommandOptions> = {
    [COMMANDS.copyRuns]: {
      label: () =>
        selected() === 0
          ? trans.__("Copy Selected Runs")
          : trans._n("Copy %2 Selected Run", "Copy %2 Selected Runs", selected(), count(selected())),
      caption: trans.__("Copy the selected runs as a table, for spreadsheets"),
      icon: copyIcon,
      isEnabled: () => selected() > 0,
      execute: () => runs()?.table.copySelection(),
    },
    [COMMANDS.openPage]: {
      label: trans.__("Open the Run's Page"),
      caption: trans.__("Open the web page of the run, or of the first selected one"),
      icon: launchIcon,
      isEnabled: () => page() !== undefined,
      execute: () => {
        const address = page();
        if (address !== undefined) window.open(address, "_blank", "noopener,noreferrer");
      },
    },
    [COMMANDS.showAll]: {
      label: trans.__("Show All Columns of the Runs"),
      isEnabled: () => runs() !== undefined,
      execute: () => runs()?.table.showAllColumns(),
    },
    [COMMANDS.reset]: {
      label: trans.__("Reset the Table of Runs"),
      caption: trans.__("Undo all sorting, filters, pins and changes of columns"),
      isEnabled: () => runs() !== undefined,
      execute: () => runs()?.table.reset(),
    },
    [COMMANDS.saveCsv]: {
      label: trans.__("Save as CSV…"),
      caption: trans.__("Save all rows and columns of the output as a file"),
      icon: downloadIcon,
      isEnabled: () => views.current?.view !== undefined,
      execute: () => {
        const view = views.current?.view;
        if (view !== undefined) saveFile(fileName(view.label), csvText(view.columns, view.numRows));
      },
    },
    [COMMANDS.openInTab]: {
      label: () =>
        runs() === undefined ? trans.__("Open Output in a New Tab") : trans.__("Open Runs in a New Tab"),
      caption: trans.__("Open a view of the output beside the notebook, which follows it"),
      icon: tableRowsIcon,
      isEnabled: () => shell !== null && views.current !== undefined,
      isVisible: () => shell !== null,
      execute: () => {
        if (shell !== null && views.current !== undefined) openInTab(views.current, shell, views);
      },
    },
  };

  for (const [command, options] of Object.entries(commands)) {
    app.commands.addCommand(command, options);
    palette?.addItem({ command, category: trans.__("Lazyruns") });
  }
  views.currentChanged.connect(() => {
    for (const command of Object.keys(commands)) app.commands.notifyCommandChanged(command);
  });
}

function openInTab(output: Output, shell: ILabShell, { trans }: Views): void {
  const content = output.copy();
  content.addClass("lr-output-tab");
  const tab = new MainAreaWidget({ content });
  tab.title.label = output.view?.label || trans.__("Runs");
  tab.title.icon = tableRowsIcon;
  shell.add(tab, "main", { mode: "split-right" });
  shell.activateById(tab.id);
}
