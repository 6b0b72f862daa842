import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import type { Finding } from "./check.ts";

const OURS = ["core", "dataframes", "export", "local-server"] as const;

/** The versions of our packages; those that belong together have the same. */
export function checkPackages(): Finding {
  const found = OURS.map((name) => [`@lazyruns/${name}`, versionOf(`@lazyruns/${name}`)] as const);
  const message = [[manifest.name, manifest.version] as const, ...found]
    .map(([name, version]) => `${name} ${version ?? "(not found)"}`)
    .join(", ");
  const isWhole = found.every(([, version]) => sameLine(version, manifest.version));
  if (isWhole) return { level: "ok", message };
  return { level: "problem", message, advice: "Install it anew: npm install --global @lazyruns/cli@latest" };
}

function versionOf(name: string): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(join(dirname(main), "package.json"), "utf8")) as { version?: string })
      .version;
  } catch {
    return undefined;
  }
}

/** Below 1.0 a minor version may break, from then on a major one. */
function sameLine(a: string | undefined, b: string): boolean {
  const line = (version: string) =>
    version
      .split(".")
      .slice(0, version.startsWith("0.") ? 2 : 1)
      .join(".");
  return a !== undefined && line(a) === line(b);
}
