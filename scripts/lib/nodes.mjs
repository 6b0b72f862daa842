// Other versions of Node, from the npm registry, kept in .cache.

import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { must, ROOT } from "./run.mjs";

/**
 * The binary of a Node version: fetched once.
 *
 * @param {string} version - `"20.19.0"`, or `"24"` for that line's newest
 */
export async function getNode(version) {
  const name = platformPackage();
  const folder = path.join(ROOT, ".cache", `node-${version}-${process.platform}-${process.arch}`);
  const [directory, file] = process.platform === "win32" ? ["", "node.exe"] : ["bin", "node"];
  const binary = path.join(folder, "node_modules", name, directory, file);
  if (
    await access(binary).then(
      () => true,
      () => false,
    )
  )
    return binary;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "node-binary", private: true }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  await must(`Fetching Node ${version}`, "npm", ["install", ...quiet, `${name}@${version}`], { cwd: folder });
  return binary;
}

/** The package that holds Node's binary for this machine; the one called `node` would need its install script. */
function platformPackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node"; // how they are called
  return `${prefix}-${platform}-${process.arch}`;
}
