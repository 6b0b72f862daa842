import { existsSync } from "node:fs";
import path from "node:path";
import { PYTHON } from "../../support/python.ts";

/** JupyterLab's own themes, by their names in its packages. */
export type ThemeName = "light" | "dark" | "dark-high-contrast";

/** All of them, to test in each. */
export const THEMES: readonly ThemeName[] = ["light", "dark", "dark-high-contrast"];

/** Whether a theme is a light one. */
export function isLight(theme: ThemeName): boolean {
  return theme === "light";
}

/**
 * The style sheet of a theme, as JupyterLab in the tests' virtual environment has it.
 *
 * @throws Error when there is none: JupyterLab isn't installed there
 */
export function themeFile(theme: ThemeName): string {
  const themes = path.resolve(path.dirname(PYTHON), "../share/jupyter/lab/themes/@jupyterlab");
  const file = path.join(themes, `theme-${theme}-extension/index.css`);
  if (existsSync(file)) return file;
  throw new Error(
    `${file} isn't there: run \`npm test\`, which installs JupyterLab, or set LAZYRUNS_PYTHON to a Python that has it`,
  );
}
