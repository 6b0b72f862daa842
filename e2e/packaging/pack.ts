import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const exec = promisify(execFile);
/** The checkout. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The packages that people install. */
export const PUBLISHED = ["core", "local-server", "dataframes", "notebook", "export", "cli"] as const;
export type Published = (typeof PUBLISHED)[number];

/** What of a packed package.json is looked at. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package as it would be published: the tarball, and what is in it. */
export interface Packed {
  readonly tarball: string;
  /** The unpacked tarball. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A folder of its own for a test, and what removes it. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  // The real path, because compilers and Node report files by it.
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "lazyruns-packed-")));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Packs a built package with the pnpm that publishes it. */
export async function pack(name: Published, into: string): Promise<Packed> {
  const { packageManager } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  const folder = path.join(into, name);
  await mkdir(folder, { recursive: true });
  const tarball = path.join(into, `${name}.tgz`);
  const command = ["--yes", "--prefer-offline", packageManager, "pack", "--out", tarball];
  await exec("npx", command, { cwd: path.join(ROOT, "packages", name) });
  await exec("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  const manifest: Manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  return { tarball, folder, manifest };
}

/**
 * Puts packed packages into a project's node_modules, and beside them only the dependencies that they declare, linked
 * to the workspace's own copies: so a consumer is made in no time, without a network, and an undeclared import fails.
 */
export async function installPacked(project: string, packages: readonly Packed[]): Promise<void> {
  for (const { folder, manifest } of packages) {
    await cp(folder, path.join(project, "node_modules", manifest.name), { recursive: true });
    const source = path.join(ROOT, "packages", path.basename(folder), "node_modules");
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      await linkDependency(project, dependency, path.join(source, dependency));
    }
  }
}

/** Links a package that the end-to-end tests have, such as `@types/node`, into a project. */
export function linkOwn(project: string, name: string): Promise<void> {
  return linkDependency(project, name, path.join(ROOT, "e2e/node_modules", name));
}

/** Links optional peers of `dataframes` into a project, which needs what it uses of them. */
export async function linkPeers(project: string, names: readonly string[]): Promise<void> {
  const source = path.join(ROOT, "packages/dataframes/node_modules");
  for (const name of names) await linkDependency(project, name, path.join(source, name));
}

async function linkDependency(project: string, name: string, target: string): Promise<void> {
  const link = path.join(project, "node_modules", name);
  await mkdir(path.dirname(link), { recursive: true });
  const source = await realpath(target);
  await symlink(source, link, "junction").catch(async (error: NodeJS.ErrnoException) => {
    // Two packages may share a dependency, as long as it is one version.
    if (error.code !== "EEXIST" || (await realpath(link)) !== source) throw error;
  });
}

/** Runs Node; gives the output and the exit code. */
export async function runNode(
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await exec(process.execPath, args, { cwd })) };
  } catch (error) {
    if (!isExit(error)) throw error;
    return error;
  }
}

function isExit(error: unknown): error is { code: number; stdout: string; stderr: string } {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}
