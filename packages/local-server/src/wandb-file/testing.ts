import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findWandbFiles } from "./find-files.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PYTHON = process.env.LAZYRUNS_PYTHON ?? here("../../../../.venv/bin/python");

/** Logs a run of everything offline with the real client, in a folder of its own. */
export async function offlineRunFile(): Promise<{ folder: string; file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "lazyruns-wandb-file-"));
  const names = ["HOME", "WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR"];
  const own = Object.fromEntries(names.map((name) => [name, folder]));
  const env = { PATH: process.env.PATH, ...own, WANDB_MODE: "offline", WANDB_ERROR_REPORTING: "false" };
  await promisify(execFile)(PYTHON, [here("logged-run.py")], { cwd: folder, env });
  const [file = ""] = await findWandbFiles(folder, (problem) => {
    throw new Error(problem);
  });
  return { folder, file, remove: () => rm(folder, { recursive: true, force: true }) };
}
