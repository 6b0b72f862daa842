import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { ICommandPalette } from "@jupyterlab/apputils";
import type { TranslationBundle } from "@jupyterlab/translation";
import { refreshIcon } from "@jupyterlab/ui-components";
import { runsIcon } from "./runs-icon.ts";
import type { RunsPanel } from "./runs-panel.ts";

const OPEN = "lazyruns:open-panel";
const REFRESH = "lazyruns:refresh-panel";
const INSERT = "lazyruns:insert-runs";

/** The panel's commands, in the palette too. */
export function addCommands(
  app: JupyterFrontEnd,
  panel: RunsPanel,
  trans: TranslationBundle,
  palette: ICommandPalette | null,
): void {
  const { commands, shell } = app;
  // What a command takes, as later versions of JupyterLab ask of each.
  const describedBy = { args: { type: "object", properties: {} } } as const;
  commands.addCommand(OPEN, {
    label: trans.__("Open the Runs Panel"),
    icon: runsIcon,
    describedBy,
    execute: () => shell.activateById(panel.id),
  });
  commands.addCommand(REFRESH, {
    label: trans.__("Refresh the Runs Panel"),
    icon: refreshIcon,
    describedBy,
    execute: () => panel.refresh(),
  });
  commands.addCommand(INSERT, {
    label: trans.__("Insert a Cell for the Runs of the Runs Panel"),
    describedBy,
    isEnabled: () => panel.canInsert,
    execute: () => panel.insert(),
  });
  const category = trans.__("Lazyruns");
  for (const command of [OPEN, REFRESH, INSERT]) palette?.addItem({ command, category });
}
