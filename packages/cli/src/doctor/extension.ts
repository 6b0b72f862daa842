import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./check.ts";
import type { JupyterPaths } from "./jupyter-paths.ts";

const NAME = "@lazyruns/jupyterlab-ext";
const SERVER_HALF = "jupyter_server_config.d/jupyterlab_lazyruns.json";
const ADVICE =
  "To see runs as tables and curves in JupyterLab, install jupyterlab-lazyruns with pip in Jupyter's environment " +
  "(until it is on PyPI: npm run wheel in a checkout).";

/** Whether JupyterLab has our extension, both halves of it. */
export function checkExtension({ data, config, isSaid }: JupyterPaths): Finding {
  const manifest = data
    .map((folder) => join(folder, "labextensions", NAME, "package.json"))
    .find((path) => existsSync(path));
  if (manifest === undefined) {
    const where = isSaid ? "not installed" : "not found; there is no `jupyter` on the PATH";
    return { level: "warning", message: where, advice: ADVICE };
  }
  const version = versionIn(manifest);
  if (config.some((folder) => existsSync(join(folder, SERVER_HALF))))
    return { level: "ok", message: version };
  return {
    level: "warning",
    message: `${version}, without its half in the Jupyter server: the side panel doesn't work`,
    advice: "Install it anew with pip, in the environment that Jupyter runs in.",
  };
}

function versionIn(manifest: string): string {
  try {
    return (
      (JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }).version ?? "of an unknown version"
    );
  } catch {
    return "of an unknown version";
  }
}
