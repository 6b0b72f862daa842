// Our extension of JupyterLab, once it is built.

import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Trouble } from "./run.mjs";

/**
 * Puts a built extension where JupyterLab can find it.
 *
 * @param {string} extension - its package's folder
 * @param {string} scratch - a folder that goes with JupyterLab
 * @returns {string[]} the options that tell JupyterLab of it; none when it isn't there or isn't built
 * @throws Trouble for a package.json that can't be read
 */
export function extensionOptions(extension, scratch) {
  const manifest = path.join(extension, "package.json");
  if (!existsSync(manifest)) return [];
  const { name, jupyterlab } = read(manifest);
  const built = path.join(extension, jupyterlab?.outputDir ?? "labextension");
  if (!existsSync(path.join(built, "static"))) return [];
  const folder = path.join(scratch, "labextensions");
  const link = path.join(folder, name);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(built, link, "junction");
  return [`--LabApp.extra_labextensions_path=${folder}`];
}

/** What makes JupyterLab take the server extension out of the sources, as the installed wheel would have it do. */
export const serverExtension = {
  options: ['--ServerApp.jpserver_extensions={"jupyterlab_lazyruns": True}'],

  /** The environment of a Python that finds it, where its package is `extension`. */
  env: (/** @type {string} */ extension, /** @type {NodeJS.ProcessEnv} */ env) => ({
    ...env,
    PYTHONPATH: [extension, env.PYTHONPATH].filter(Boolean).join(path.delimiter),
  }),
};

function read(/** @type {string} */ manifest) {
  try {
    return JSON.parse(readFileSync(manifest, "utf8"));
  } catch (error) {
    throw new Trouble(`${manifest} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}
