import { execFile } from "node:child_process";
import path from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/server.ts";
import { installWheel, JUPYTERLAB_4_6 } from "./wheel.ts";

test("installed, both of its halves are enabled", async () => {
  const python = await installWheel(path.join(temporaryFolder(), "venv"), [JUPYTERLAB_4_6]);
  const jupyter = async (...args: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(path.join(path.dirname(python), "jupyter"), args);
    return stripVTControlCharacters(stdout + stderr);
  };
  expect(await jupyter("labextension", "list")).toMatch(/@lazyruns\/jupyterlab-ext v\S+ enabled OK/);
  expect(await jupyter("server", "extension", "list")).toMatch(/^ +jupyterlab_lazyruns \d\S+ OK$/m);
});
