import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

const STARTS_WITHIN_MS = 90_000;
const LOOKS_EVERY_MS = 100;

/** A Jupyter server that is up. */
export interface Jupyter {
  /** Its address, with a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** What it has printed so far. */
  output(): string;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

/** How a Jupyter server is started. */
export interface JupyterOptions {
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
export async function startJupyter(python: string, options: JupyterOptions): Promise<Jupyter> {
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
  const closed = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve();
    });
    child.once("close", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await closed;
  };
  const url = await address(child, path.join(runtime, `jpserver-${child.pid}.json`));
  if (url === undefined) {
    child.kill("SIGKILL");
    throw new Error(`Jupyter didn't start:\n${output}`);
  }
  return { url, token, output: () => output, stop };
}

/** As `startJupyter`; it is ended with the test. */
export async function jupyterOfTest(python: string, options: JupyterOptions): Promise<Jupyter> {
  const jupyter = await startJupyter(python, options);
  onTestFinished(() => jupyter.stop());
  return jupyter;
}

/** Its address once it answers there; undefined when it is over, or takes too long. */
async function address(child: ChildProcess, file: string): Promise<string | undefined> {
  const until = Date.now() + STARTS_WITHIN_MS;
  for (
    ;
    Date.now() < until && child.exitCode === null && child.pid !== undefined;
    await wait(LOOKS_EVERY_MS)
  ) {
    const url = urlIn(file);
    if (url === undefined) continue;
    const isUp = await fetch(`${url}api`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return url;
  }
  return undefined;
}

function urlIn(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { url: string }).url;
  } catch {
    return undefined; // it isn't there yet, or not whole
  }
}
