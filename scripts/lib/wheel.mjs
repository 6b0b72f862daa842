// The wheel of the JupyterLab extension: the built front end, the server extension in Python, and what enables them.

import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { must, ROOT, Trouble } from "./run.mjs";
import { withScratch } from "./scratch.mjs";

const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");

/** A wheel of this package, of any version. */
const WHEEL = /^jupyterlab_lazyruns-.*\.whl$/;

/** The Python packages that build it. */
export const WHEEL_REQUIREMENTS = "packages/jupyterlab-ext/build-requirements.txt";

/** Where `npm run wheel` puts it. */
export const WHEEL_FOLDER = path.join(PACKAGE, "dist");

/**
 * Builds the wheel out of the front end that is built, whose builder leaves no file of an earlier build there. Out of
 * the same front end it holds the same bytes; the time of its files is that of SOURCE_DATE_EPOCH, where that is set.
 *
 * @param {{ python: string, into: string }} options - `python` is an interpreter with the packages of
 *   `WHEEL_REQUIREMENTS`; in the folder `into` it is the only one then: an older one is removed, one of the same
 *   version replaced at once
 * @returns {Promise<string>} its path
 * @throws Trouble with what the build said, such as that the front end isn't built
 */
export async function makeWheel({ python, into }) {
  await mkdir(into, { recursive: true });
  return withScratch("lazyruns-wheel-", async (scratch) => {
    const command = ["-m", "hatchling", "build", "-t", "wheel", "-d", scratch];
    await must("Building the wheel", python, command, { cwd: PACKAGE });
    const [name, ...more] = (await readdir(scratch)).filter((file) => file.endsWith(".whl"));
    if (name === undefined || more.length > 0) throw new Trouble("Building the wheel didn't give one wheel.");
    // In one go, so that nobody sees half of it; another device's folder is out of reach of a rename.
    const [wheel, whole] = [path.join(into, name), path.join(into, `${name}.${process.pid}`)];
    await copyFile(path.join(scratch, name), whole);
    await rename(whole, wheel);
    const others = (await readdir(into)).filter((file) => WHEEL.test(file) && file !== name);
    await Promise.all(others.map((file) => rm(path.join(into, file), { force: true })));
    return wheel;
  });
}
