import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ConfigurationError } from "@lazyruns/core";

/** An optional peer: a package that users install when they want its frames. */
export interface Peer {
  /** The package's name. */
  readonly name: string;
  /** The versions that work, as package.json's `peerDependencies` says it. */
  readonly range: string;
  /** The first version that works and the first that doesn't any more: `range`, for comparing. */
  readonly versions: readonly [from: string, below: string];
  /** What to do when it can't be loaded: the command, and what else helps. */
  readonly advice: string;
}

/** Where a package lies that answers to a peer's name. */
interface Found {
  readonly main: string;
  readonly version: string | undefined;
  readonly require: NodeJS.Require;
}

/**
 * Loads an optional peer when it is first needed. It is looked for from this package's place, as peers are, and then
 * from the working directory: a notebook's folder has packages of its own, wherever this one lies.
 *
 * Both of our peers are CommonJS without a build for `import`, so `require` gives the very module that a user's
 * `import` gives.
 *
 * @throws ConfigurationError when it isn't installed, is of a version that doesn't work, or doesn't load
 */
export function loadPeer<T>(peer: Peer): T {
  const failures: ConfigurationError[] = [];
  for (const require of places()) {
    const found = find(peer, require);
    if (found === undefined) continue;
    try {
      return load<T>(peer, found);
    } catch (error) {
      failures.push(error as ConfigurationError);
    }
  }
  throw failures[0] ?? missing(peer);
}

function* places(): Generator<NodeJS.Require, void, undefined> {
  const own = ownPlace();
  if (own !== undefined) yield own;
  const directory = workingDirectory();
  if (directory !== undefined) yield createRequire(join(directory, "noop.js"));
}

/** Resolves from this file. There is none where a bundler put this package into a script without a URL. */
function ownPlace(): NodeJS.Require | undefined {
  try {
    return createRequire(import.meta.url);
  } catch {
    return undefined;
  }
}

/** Throws nothing when the directory was deleted. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

function find(peer: Peer, require: NodeJS.Require): Found | undefined {
  let main: string;
  try {
    main = require.resolve(peer.name);
  } catch {
    return undefined;
  }
  return { main, version: versionOf(peer.name, main), require };
}

/** The version in the package.json above a package's main file. */
function versionOf(name: string, main: string): string | undefined {
  for (let directory = dirname(main); directory !== dirname(directory); directory = dirname(directory)) {
    const manifest = readManifest(join(directory, "package.json"));
    if (manifest?.name === name) return manifest.version;
  }
  return undefined;
}

function readManifest(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function load<T>(peer: Peer, { main, version, require }: Found): T {
  const [from, below] = peer.versions;
  if (version !== undefined && (compare(version, from) < 0 || compare(version, below) >= 0)) {
    throw problem(peer, `${peer.name} ${version} (${main}) is not a version that works: ${peer.range}.`);
  }
  try {
    return require(main);
  } catch (cause) {
    const named = version === undefined ? peer.name : `${peer.name} ${version}`;
    throw problem(peer, `${named} (${main}) could not be loaded: ${firstLine(cause)}.`, cause);
  }
}

function missing(peer: Peer): ConfigurationError {
  const directory = workingDirectory();
  const tried = directory === undefined ? "" : ` or from ${directory}`;
  return problem(peer, `${peer.name} ${peer.range} is not found from @lazyruns/dataframes' folder${tried}.`);
}

function problem(peer: Peer, what: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(`${what} This is Node ${process.versions.node}. ${peer.advice}`, {
    operation: `loading ${peer.name}`,
    cause,
  });
}

/** What Node's errors say before the list of files that asked. */
function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split("\n", 1)[0] as string).replace(/\.$/, "");
}

/** By major, minor and patch; what is behind a hyphen or a plus doesn't count. */
function compare(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : (left[at] as number) - (right[at] as number);
}

function numbers(version: string): number[] {
  const [release] = version.split(/[-+]/, 1) as [string];
  return release.split(".").map(Number);
}
