// The wheel of the JupyterLab extension: the built front end, the server extension in Python, and what enables them.

import { copyFile, mkdir, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { must, ROOT, Trouble } from "./run.mjs";
import { withScratch } from "./scratch.mjs";
import { removeStale } from "./stale-build.mjs";

const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");

/** A time of its own in the environment would go into the wheel: hatchling's is the same everywhere. */
const { SOURCE_DATE_EPOCH: _, ...ENV } = process.env;

/** The Python packages that build it. */
export const WHEEL_REQUIREMENTS = "packages/jupyterlab-ext/build-requirements.txt";

/** Where `npm run wheel` puts it. */
export const WHEEL_FOLDER = path.join(PACKAGE, "dist");

/**
 * Builds the wheel out of the front end that is built. Out of the same front end it holds the same bytes.
 *
 * @param {{ python: string, into: string }} options - `python` is an interpreter with the packages of
 *   `WHEEL_REQUIREMENTS`; a wheel of the same version in the folder `into` is replaced at once
 * @returns {Promise<string>} its path
 * @throws Trouble with what the build said, such as that the front end isn't built
 */
export async function makeWheel({ python, into }) {
  await mkdir(into, { recursive: true });
  await removeStale(path.join(PACKAGE, "jupyterlab_lazyruns/labextension"));
  return withScratch("lazyruns-wheel-", async (scratch) => {
    const command = ["-m", "hatchling", "build", "-t", "wheel", "-d", scratch];
    await must("Building the wheel", python, command, { cwd: PACKAGE, env: ENV });
    const [name, ...more] = (await readdir(scratch)).filter((file) => file.endsWith(".whl"));
    if (name === undefined || more.length > 0) throw new Trouble("Building the wheel didn't give one wheel.");
    // In one go, so that nobody sees half of it; another device's folder is out of reach of a rename.
    const [wheel, whole] = [path.join(into, name), path.join(into, `${name}.${process.pid}`)];
    await copyFile(path.join(scratch, name), whole);
    await rename(whole, wheel);
    return wheel;
  });
}
