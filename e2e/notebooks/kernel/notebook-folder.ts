import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { linkOwn, linkPeers, ROOT, temporaryFolder } from "../../packaging/pack.ts";

/** A folder for a notebook: its cells import the workspace's own package, and the frames' libraries. */
export async function notebookFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const made = await temporaryFolder();
  const scope = path.join(made.folder, "node_modules/@lazyruns");
  await mkdir(scope, { recursive: true });
  for (const name of ["core", "notebook"]) {
    await symlink(path.join(ROOT, "packages", name), path.join(scope, name), "junction");
  }
  await linkPeers(made.folder, ["nodejs-polars", "danfojs-node"]);
  await linkOwn(made.folder, "@types/node");
  // Deno imports by name what this file says alone.
  const names = ["@lazyruns/core", "@lazyruns/notebook", "nodejs-polars", "danfojs-node"];
  const dependencies = Object.fromEntries(names.map((name) => [name, "*"]));
  await writeFile(path.join(made.folder, "package.json"), JSON.stringify({ dependencies }));
  return made;
}
