import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { panelPlugin } from "./panel/plugin.ts";
import { viewsPlugin } from "./views/plugin.ts";

const plugins: JupyterFrontEndPlugin<void>[] = [viewsPlugin, panelPlugin];

export default plugins;
