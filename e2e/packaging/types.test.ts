import { afterAll, beforeAll, expect, test } from "vitest";
import { COMPILERS, type Compiler, compile as compileIn, compilerOf, NEW_WAY, OLD_WAY } from "./compile.ts";
import { CORE_PROGRAM, SERVER_PROGRAM } from "./consumer-program.ts";
import { installPacked, linkOwn, pack, ROOT, runNode, temporaryFolder } from "./pack.ts";

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [await pack("core", folder), await pack("local-server", folder)]);
  await linkOwn(folder, "@types/node");
});
afterAll(() => remove());

const compile = (...args: [Compiler, object, Readonly<Record<string, string>>]) => compileIn(folder, ...args);

test("the compilers are the ones that are meant", async () => {
  for (const version of Object.keys(COMPILERS) as Compiler[]) {
    const { stdout } = await runNode([compilerOf(version), "--version"], ROOT);
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
