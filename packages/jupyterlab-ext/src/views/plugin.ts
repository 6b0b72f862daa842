import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { createRenderer } from "./renderer.ts";

/** Draws what `@lazyruns/notebook` shows, in whatever shows outputs. */
export const viewsPlugin: JupyterFrontEndPlugin<void> = {
  id: "@lazyruns/jupyterlab-ext:plugin",
  description: "Runs as a table, and their curves.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, rendermime: IRenderMimeRegistry) => {
    const mimeTypes = ["application/vnd.lazyruns.runs.v1+json", "application/vnd.lazyruns.history.v1+json"];
    // Before HTML, and safe: what untrusted notebooks may show.
    rendermime.addFactory({ safe: true, mimeTypes, createRenderer }, 0);
  },
};
