import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type InterceptedAnswer,
  type LocalServer,
  type RequestInfo,
  startServer,
} from "@lazyruns/local-server";
import { expect } from "vitest";
import { type Shown, TslabKernel } from "../../frames/tslab-kernel.ts";
import { writeRuns } from "../../reading/write-runs.ts";
import { API_KEY } from "../../support/python.ts";
import { notebookFolder } from "./notebook-folder.ts";

/** A kernel for a test's cells, and the server that they read from, with 60 finished runs in `local/cells`. */
export interface CellsKernel {
  readonly kernel: TslabKernel;
  readonly server: LocalServer;
  /** The questions asked so far. A test may empty it. */
  readonly asked: RequestInfo[];
  /** May hold a question back, or answer it. */
  intercept: ((request: RequestInfo) => Promise<InterceptedAnswer | undefined>) | undefined;
  /** Runs a cell that must go well and print nothing, and gives the outputs that it showed. */
  shows(code: string): Promise<readonly Shown[]>;
  /** Runs a cell that must go well and show nothing, and gives what it printed. */
  prints(code: string): Promise<string>;
  /** Waits until the last output is like this. */
  untilLast(holds: (shown: Shown) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** How a kernel is started. */
export interface CellsOptions {
  /** Gives another kernel's command by the path of its connection file. */
  readonly command?: ((file: string) => string[]) | undefined;
  /** A cell that runs before the package is imported. */
  readonly before?: string | undefined;
}

/** A file of the notebook's folder that imports core's ESM build, where a tslab cell has its CommonJS build. */
const ESM_FILE = `
  import { Api } from "@lazyruns/core";
  export const openRuns = () => new Api().runs("local/cells");`;

const FIRST_CELL = `
  import * as lazyruns from "@lazyruns/notebook";
  const api = new lazyruns.Api();
  const runs = api.runs("local/cells");
  lazyruns.progress(false);`;

/**
 * Starts them, tslab's kernel unless another's command is given. The first cell imports the package as `lazyruns`, and
 * opens `api` and `runs`; no progress is shown, since a busy machine would show it or not.
 */
export async function startCells({ command, before }: CellsOptions = {}): Promise<CellsKernel> {
  const { folder, remove } = await notebookFolder();
  const asked: RequestInfo[] = [];
  const server = await startServer({
    dataDir: `${folder}/data`,
    intercept: async (request) => {
      if (request.path === "/graphql") asked.push(request);
      return cells.intercept?.(request);
    },
  });
  await writeFile(path.join(folder, "esm.mjs"), ESM_FILE);
  const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY, HOME: folder };
  const kernel = await TslabKernel.start(folder, env, command);
  const { shown } = kernel;
  const cells: CellsKernel = {
    kernel,
    server,
    asked,
    intercept: undefined,
    shows: async (code) => {
      const before = shown.length;
      expect(await kernel.run(code)).toEqual({ status: "ok", stdout: "", stderr: "" });
      await kernel.until(() => shown.length > before); // Deno may show a cell's value when the cell has ended
      return shown.slice(before);
    },
    prints: async (code) => {
      const before = shown.length;
      const { stdout, ...rest } = await kernel.run(code);
      expect(rest).toEqual({ status: "ok", stderr: "" });
      expect(shown).toHaveLength(before);
      return stdout;
    },
    untilLast: (holds) => kernel.until(() => holds(shown.at(-1) as Shown)),
    stop: async () => {
      await kernel.stop();
      await server.close();
      await remove();
    },
  };
  await writeRuns(server.url, "local/cells", { runs: 60, steps: 4 });
  if (before !== undefined) await cells.prints(before);
  await cells.prints(FIRST_CELL);
  asked.length = 0;
  return cells;
}
