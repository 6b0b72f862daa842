// A browser of Chromium's kind: found on the machine, or what apt gives where things may be installed.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * A browser, or why there is none.
 *
 * @typedef {{ readonly path: string } | { readonly path?: undefined, readonly reason: string }} Found
 */

/** In containers there is neither a sandbox nor a graphics card; and what Chromium asks of the network by itself is nobody's. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const COMMANDS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];
/** How long another use of the package manager is waited for, in seconds. */
const LOCKED_FOR = 120;

/**
 * Finds a browser: the one that `LAZYRUNS_CHROMIUM` names, else an installed one, else what apt gives, where the tests may
 * install things (`LAZYRUNS_MAY_INSTALL=1`, as root).
 *
 * @returns {Found}
 */
export function findChromium() {
  const { LAZYRUNS_CHROMIUM: given, LAZYRUNS_MAY_INSTALL: mayInstall } = process.env;
  if (given)
    return existsSync(given)
      ? { path: given }
      : { reason: `LAZYRUNS_CHROMIUM is ${given}, which isn't there` };
  const installed = installedBrowser();
  if (installed !== undefined) return { path: installed };
  if (mayInstall !== "1") return { reason: "no Chromium is installed, and LAZYRUNS_MAY_INSTALL isn't 1" };
  if (process.getuid?.() !== 0) return { reason: "no Chromium is installed, and only root may install one" };
  return install();
}

function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const commands = COMMANDS.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...commands, ...PLACES].find((place) => existsSync(place));
}

/** @returns {Found} */
function install() {
  const apt = (/** @type {string[]} */ ...args) =>
    execFileSync("apt-get", ["-qq", "-o", `DPkg::Lock::Timeout=${LOCKED_FOR}`, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
    });
  try {
    apt("update");
    apt("install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core");
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { reason: `no Chromium is installed, and apt gave none (${reason})` };
  }
  const installed = installedBrowser();
  return installed === undefined
    ? { reason: "apt installed a Chromium that isn't found" }
    : { path: installed };
}
