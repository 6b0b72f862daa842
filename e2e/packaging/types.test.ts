import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CORE_PROGRAM, SERVER_PROGRAM } from "./consumer-program.ts";
import { installPacked, linkOwn, pack, ROOT, runNode, temporaryFolder } from "./pack.ts";

// What tslab uses, and what a new project does.
const COMPILERS = { "5.0.4": "typescript-5.0", "5.9.3": "typescript" } as const;
const OLD_WAY = { module: "commonjs", moduleResolution: "node10" };
const NEW_WAY = { module: "nodenext", moduleResolution: "nodenext" };

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [await pack("core", folder), await pack("local-server", folder)]);
  await linkOwn(folder, "@types/node");
});
afterAll(() => remove());

/** Compiles programs in a project of their own, library declarations included; gives the compiler's complaints. */
async function compile(
  compiler: keyof typeof COMPILERS,
  options: Readonly<Record<string, unknown>>,
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
  const tsc = path.join(ROOT, "e2e/node_modules", COMPILERS[compiler], "bin/tsc");
  const { stdout } = await runNode([tsc, "--project", project], project);
  return stdout;
}

test("the compilers are the ones that are meant", async () => {
  for (const [version, name] of Object.entries(COMPILERS)) {
    const { stdout } = await runNode(
      [path.join(ROOT, "e2e/node_modules", name, "bin/tsc"), "--version"],
      ROOT,
    );
    expect(stdout.trim()).toBe(`Version ${version}`);
  }
});

test("TypeScript 5.0 with Node10 resolution, with @types/node", async () => {
  const files = { "core.ts": CORE_PROGRAM, "server.ts": SERVER_PROGRAM };
  expect(await compile("5.0.4", { ...OLD_WAY, types: ["node"] }, files)).toBe("");
});

test("TypeScript 5.0 with Node10 resolution, without @types/node", async () => {
  expect(await compile("5.0.4", { ...OLD_WAY, types: [] }, { "core.ts": CORE_PROGRAM })).toBe("");
  expect(await compile("5.0.4", { ...OLD_WAY, types: [] }, { "server.ts": SERVER_PROGRAM })).toBe("");
});

test("TypeScript 5.9 with NodeNext resolution, as ESM and as CommonJS", async () => {
  const files = {
    "core.mts": CORE_PROGRAM,
    "core.cts": CORE_PROGRAM,
    "server.mts": SERVER_PROGRAM,
    "server.cts": SERVER_PROGRAM,
  };
  expect(await compile("5.9.3", { ...NEW_WAY, types: ["node"] }, files)).toBe("");
});

test("a proof of a type that isn't real is noticed", async () => {
  const untyped = CORE_PROGRAM.replace("const runs: Runs<Run> =", "const runs: any =");
  expect(await compile("5.9.3", { ...NEW_WAY, types: ["node"] }, { "untyped.mts": untyped })).toContain(
    "TS2578",
  );
});
