import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Where Jupyter has its things. */
export interface JupyterPaths {
  /** Whether Jupyter itself said so; else these are the usual places. */
  readonly isSaid: boolean;
  readonly data: readonly string[];
  readonly config: readonly string[];
}

const PATIENCE = 20_000;

/** Asks the `jupyter` of this PATH where its things are; where there is none, looks at the usual places. */
export async function jupyterPaths(env = process.env): Promise<JupyterPaths> {
  try {
    const { stdout } = await promisify(execFile)("jupyter", ["--paths", "--json"], {
      timeout: PATIENCE,
      env,
    });
    const { data, config } = JSON.parse(stdout) as { data: string[]; config: string[] };
    return { isSaid: true, data, config };
  } catch {
    return { isSaid: false, ...usualPlaces(env) };
  }
}

/** As Jupyter's documentation has them (https://docs.jupyter.org/en/latest/use/jupyter-directories.html). */
function usualPlaces(env: NodeJS.ProcessEnv): { data: string[]; config: string[] } {
  const home = homedir();
  const prefixes = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((prefix) => prefix ?? []);
  const own = {
    darwin: join(home, "Library/Jupyter"),
    win32: join(env.APPDATA ?? home, "jupyter"),
  }[process.platform as string];
  const data = [
    ...split(env.JUPYTER_PATH),
    env.JUPYTER_DATA_DIR ?? own ?? join(env.XDG_DATA_HOME ?? join(home, ".local/share"), "jupyter"),
    ...prefixes.map((prefix) => join(prefix, "share/jupyter")),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ];
  const config = [
    ...split(env.JUPYTER_CONFIG_PATH),
    env.JUPYTER_CONFIG_DIR ?? join(home, ".jupyter"),
    ...prefixes.map((prefix) => join(prefix, "etc/jupyter")),
    "/usr/local/etc/jupyter",
    "/etc/jupyter",
  ];
  return { data: data.filter((path) => existsSync(path)), config: config.filter((path) => existsSync(path)) };
}

function split(paths: string | undefined): string[] {
  return (paths ?? "").split(delimiter).filter(Boolean);
}
