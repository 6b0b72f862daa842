import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";
import { afterAll, beforeAll } from "vitest";
import type { ExportResult } from "../project/export-result.ts";

/** What came of a process that exports. */
export interface ChildEnd {
  /** Absent when it was killed or failed. */
  readonly done?: { readonly steps: number; readonly result: ExportResult };
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

/** Exports in processes of their own. To be called where tests are described: it builds their program before them. */
export function exportChildren(): {
  run(url: string, path: string, out: string, killAt?: number): Promise<ChildEnd>;
  start(url: string, path: string, out: string): ChildProcess;
} {
  let program = "";
  beforeAll(async () => {
    // Inside the package, so that its dependencies are found.
    const outDir = mkdtempSync(join(import.meta.dirname, "../../node_modules/.export-child-"));
    const entry = join(import.meta.dirname, "export-child.ts");
    await build({
      entry,
      outDir,
      deps: { neverBundle: [/^@lazyruns\/(?!json)/, "parquet-wasm", "hyparquet"] },
      config: false,
      format: "esm",
      dts: false,
      logLevel: "silent",
      platform: "node",
    });
    program = join(outDir, "export-child.mjs");
    return () => rmSync(outDir, { recursive: true, force: true });
  });
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });
  const start = (url: string, path: string, out: string, killAt = 0) => {
    const child = spawn(process.execPath, [program, url, path, out, String(killAt)]);
    children.add(child);
    child.on("exit", () => children.delete(child));
    return child;
  };
  return {
    start,
    async run(url, path, out, killAt) {
      const child = start(url, path, out, killAt);
      let output = "";
      let errors = "";
      child.stdout.on("data", (chunk) => (output += chunk));
      child.stderr.on("data", (chunk) => (errors += chunk));
      const signal = await new Promise<NodeJS.Signals | null>((resolve) =>
        child.on("close", (_code, signal) => resolve(signal)),
      );
      return { ...(output === "" ? {} : { done: JSON.parse(output) }), signal, errors };
    },
  };
}
