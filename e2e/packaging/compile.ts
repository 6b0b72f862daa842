import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ROOT, runNode } from "./pack.ts";

/** What tslab uses, and what a new project does. */
export const COMPILERS = { "5.0.4": "typescript-5.0", "5.9.3": "typescript" } as const;
export type Compiler = keyof typeof COMPILERS;
export const OLD_WAY = { module: "commonjs", moduleResolution: "node10" };
export const NEW_WAY = { module: "nodenext", moduleResolution: "nodenext" };

/** A compiler's program. */
export function compilerOf(version: Compiler): string {
  return path.join(ROOT, "e2e/node_modules", COMPILERS[version], "bin/tsc");
}

/**
 * Compiles programs in a project of their own below a folder with packages, library declarations included; gives the
 * compiler's complaints.
 */
export async function compile(
  folder: string,
  compiler: Compiler,
  options: object,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const project = path.join(folder, `project-${Object.keys(files).join("-")}-${Math.random()}`);
  await mkdir(project);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(project, name), text);
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022"],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const config = { compilerOptions: { ...compilerOptions, ...options }, files: Object.keys(files) };
  await writeFile(path.join(project, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = await runNode([compilerOf(compiler), "--project", project], project);
  return stdout;
}
