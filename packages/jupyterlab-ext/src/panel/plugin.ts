import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { IStateDB } from "@jupyterlab/statedb";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { addCommands } from "./commands.ts";
import { Notebooks } from "./notebooks.ts";
import { PageSize } from "./page-size.ts";
import { PlaceStore } from "./place-store.ts";
import { RunsPanel } from "./runs-panel.ts";
import { RunsClient } from "./server/runs-client.ts";

/** Between the running kernels and the table of contents. */
const RANK = 250;

/** A side panel of the projects and runs of the server that the Jupyter server is configured for. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: "@lazyruns/jupyterlab-ext:panel",
  description: "A side panel of projects and runs.",
  autoStart: true,
  optional: [INotebookTracker, ICommandPalette, ILayoutRestorer, IStateDB, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    db: IStateDB | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("jupyterlab_lazyruns");
    const pageSize = new PageSize(registry);
    const panel = new RunsPanel({
      client: new RunsClient(app.serviceManager.serverSettings, trans),
      trans,
      notebooks: new Notebooks(app, tracker),
      places: new PlaceStore(db),
      limit: () => pageSize.limit,
    });
    addCommands(app, panel, trans, palette);
    app.shell.add(panel, "left", { rank: RANK, type: "Lazyruns" });
    restorer?.add(panel, panel.id);
  },
};
