import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { temporaryFolder } from "../support/server.ts";
import { startScript } from "../support/start-script.ts";

/** Starts `npm run lab` with a home and a folder for temporary files of its own, as far as the line that says that all is up. */
export async function startLab(...args: string[]) {
  const home = temporaryFolder();
  const temporary = temporaryFolder();
  const { child, ended, output } = startScript("lab.mjs", args, { HOME: home, TMPDIR: temporary });
  const isUp = () => /until you press Ctrl-C/.test(output()) || child.exitCode !== null;
  await expect.poll(isUp, { timeout: 60_000 }).toBe(true);
  const [lab = "", server = ""] = output().match(/http:\S+?(?=[\s.]*$|\. )/gm) ?? [];
  /** What of ours is left in the folder for temporary files: others leave theirs there too. */
  const left = () => readdirSync(temporary).filter((name) => name.startsWith("lazyruns-"));
  return { child, ended, home, left, lab, server, output };
}
