import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { jupyterEnv } from "../../scripts/lib/jupyter.mjs";
import { PYTHON } from "../support/python.ts";
import type { Notebook } from "./notebook-file.ts";

const EXECUTE = fileURLToPath(new URL("../../scripts/lib/execute_notebook.py", import.meta.url));

/** The most that a notebook takes on a busy machine; what takes longer is ended. */
const ENDS_WITHIN_MS = 110_000;

/**
 * Runs a notebook in its own kernel, by way of nbclient, against a server.
 *
 * @param scratch - where Jupyter may write, and where the notebook with its outputs goes
 * @param folder - where modules are found from; default: the notebook's folder
 * @throws Error with what the cell said, when one fails
 */
export async function runNotebook(
  file: string,
  url: string,
  scratch: string,
  folder = dirname(file),
): Promise<{ notebook: Notebook; text: string }> {
  const output = join(scratch, "output.ipynb");
  const env = jupyterEnv({ python: PYTHON, url, state: scratch, scratch });
  await promisify(execFile)(PYTHON, [EXECUTE, file, output, folder], {
    env: { ...env, HOME: scratch },
    timeout: ENDS_WITHIN_MS,
  });
  const text = await readFile(output, "utf8");
  return { notebook: JSON.parse(text), text };
}
