import type { JupyterFrontEndPlugin } from "@jupyterlab/application";

/** A side panel of the projects and runs of the server that the Jupyter server is configured for. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: "@lazyruns/jupyterlab-ext:panel",
  description: "A side panel of projects and runs.",
  autoStart: true,
  activate: () => {},
};
