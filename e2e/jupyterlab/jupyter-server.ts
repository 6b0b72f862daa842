import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { onTestFinished } from "vitest";
import { jupyterAddress } from "../../scripts/lib/jupyter-address.mjs";

/** A Jupyter server that is up: for what asks its API. What opens pages in it starts one by `harness/start-jupyter`. */
export interface JupyterServer {
  /** Its address, with a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** What it has printed so far. */
  output(): string;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

/** How a Jupyter server is started. */
export interface JupyterServerOptions {
  /** Its home and working folder; everything it writes goes there. */
  readonly home: string;
  /** What its environment holds besides. Nothing of W&B's comes from the tests' own. */
  readonly env?: NodeJS.ProcessEnv;
  /** The module to run: `jupyterlab`, `notebook`; default `jupyter_server`. */
  readonly app?: string;
  readonly args?: readonly string[];
}

/**
 * Starts a Jupyter server on a free port of loopback.
 *
 * @param python - the interpreter of a virtual environment that has it
 * @throws Error with what it printed, when it ends or isn't up in time
 */
export async function startJupyterServer(
  python: string,
  options: JupyterServerOptions,
): Promise<JupyterServer> {
  const { home, env = {}, app = "jupyter_server", args = [] } = options;
  const token = randomBytes(24).toString("hex");
  const runtime = path.join(home, "runtime");
  const fixed = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    `--IdentityProvider.token=${token}`,
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  const child = spawn(python, ["-m", app, ...fixed, ...args], {
    cwd: home,
    env: {
      PATH: [path.dirname(python), process.env.PATH].join(path.delimiter),
      HOME: home,
      JUPYTER_CONFIG_DIR: path.join(home, "config"),
      JUPYTER_DATA_DIR: path.join(home, "data"),
      JUPYTER_RUNTIME_DIR: runtime,
      IPYTHONDIR: path.join(home, "ipython"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const over = new AbortController();
  const closed = new Promise<void>((resolve) => {
    over.signal.addEventListener("abort", () => resolve());
    child.once("error", (error) => {
      output += error.message;
      over.abort();
    });
    child.once("close", () => over.abort());
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await closed;
  };
  const address = await jupyterAddress(runtime, child.pid, over.signal);
  if (address === undefined) {
    child.kill("SIGKILL");
    throw new Error(`Jupyter didn't start:\n${output}`);
  }
  return { url: address.url, token, output: () => output, stop };
}

/** As `startJupyterServer`; it is ended with the test. */
export async function jupyterServerOfTest(
  python: string,
  options: JupyterServerOptions,
): Promise<JupyterServer> {
  const jupyter = await startJupyterServer(python, options);
  onTestFinished(() => jupyter.stop());
  return jupyter;
}
