import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/lib/run.mjs";
import { JUPYTERLAB_4_6, makeVenv } from "./wheel.ts";

const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");

test("the unit tests of the server extension pass", async () => {
  const python = await makeVenv([JUPYTERLAB_4_6]);
  const { stderr } = await promisify(execFile)(python, ["-m", "unittest", "discover", "-s", "tests"], {
    cwd: PACKAGE,
    env: { PATH: process.env.PATH, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(Number(/^Ran (\d+) tests/m.exec(stderr)?.[1])).toBeGreaterThan(10);
  expect(stderr.trim()).toMatch(/\nOK$/);
}, 300_000);
