import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { jupyterEnv, NOTEBOOKS } from "../../../scripts/lib/jupyter.mjs";
import { startLabServer } from "../../../scripts/lib/lab-server.mjs";
import { PYTHON } from "../../support/python.ts";

const RUNS = path.join(NOTEBOOKS, "training/runs");
const NOTEBOOK_APP = "notebook.app:JupyterNotebookApp";

/** How a Jupyter is started. */
export interface JupyterOptions {
  /** The text of the notebooks' files by their names, without `.ipynb`. */
  readonly notebooks: Readonly<Record<string, string>>;
  /** The names of those whose saved outputs are not trusted. Default: none. */
  readonly untrusted?: readonly string[];
  /** An interpreter with Jupyter. Default: that of the tests. */
  readonly python?: string;
  /** Where our extension is from: the checkout's build, the interpreter's packages, or nowhere. Default: the checkout. */
  readonly extension?: "checkout" | "installed" | "none";
  /** Default: JupyterLab. */
  readonly app?: "lab" | "notebook";
  /** What else of its environment differs; undefined: a variable that isn't there. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A Jupyter with notebooks of its own, and a server with the demo's runs in `local/digits`. */
export interface Jupyter {
  readonly app: "lab" | "notebook";
  /** Its address, with a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** The notebooks' folder, from which their cells import as the demo's do. */
  readonly folder: string;
  /** What its kernels read from. */
  readonly server: LocalServer;
  stop(): Promise<void>;
}

/** Starts Jupyter with a home of its own, which is gone when it is stopped. */
export async function startJupyter(options: JupyterOptions): Promise<Jupyter> {
  const { notebooks, untrusted = [], python = PYTHON, extension = "checkout", app = "lab" } = options;
  const scratch = mkdtempSync(path.join(tmpdir(), "lazyruns-jupyter-"));
  const folder = path.join(scratch, "notebooks");
  mkdirSync(folder);
  symlinkSync(path.join(NOTEBOOKS, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [name, text] of Object.entries(notebooks))
    writeFileSync(path.join(folder, `${name}.ipynb`), text);
  const server = await startServer({ dataDir: path.join(scratch, "data"), imports: [RUNS] });
  const lab = startLabServer({
    python,
    env: {
      ...jupyterEnv({ python, url: server.url, state: scratch, scratch }),
      HOME: scratch,
      ...options.env,
    },
    scratch,
    folder,
    trusted: Object.keys(notebooks).flatMap((name) => (untrusted.includes(name) ? [] : [`${name}.ipynb`])),
    hasExtension: extension === "checkout",
    ...(app === "notebook" ? { app: NOTEBOOK_APP } : {}),
    args: [`--${app === "lab" ? "LabApp" : "JupyterNotebookApp"}.expose_app_in_browser=True`],
  });
  const stop = async () => {
    await lab.stop();
    await server.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { origin, searchParams } = new URL(await lab.ready);
    return { app, url: `${origin}/`, token: searchParams.get("token") ?? "", folder, server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Sets what a plugin's settings are, for pages that are opened from now on. */
export async function setSettings(jupyter: Jupyter, plugin: string, settings: object): Promise<void> {
  const body = JSON.stringify({ raw: JSON.stringify(settings) });
  const headers = { authorization: `token ${jupyter.token}` };
  const response = await fetch(`${jupyter.url}lab/api/settings/${plugin}`, { method: "PUT", headers, body });
  if (!response.ok) throw new Error(`The settings of ${plugin} can't be set: ${await response.text()}`);
}
