import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Compiler, compile, NEW_WAY, OLD_WAY } from "./compile.ts";
import { type FrameFormat, framesProgram } from "./frames-program.ts";
import { installPacked, linkOwn, linkPeers, type Packed, pack, temporaryFolder } from "./pack.ts";

/** Projects, by what each has of the optional peers. */
const PROJECTS = {
  nothing: [],
  polars: ["nodejs-polars"],
  danfo: ["danfojs-node"],
  both: ["nodejs-polars", "danfojs-node"],
} as const;
type Project = keyof typeof PROJECTS;

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const packages: Packed[] = [await pack("core", folder), await pack("dataframes", folder)];
  for (const [project, peers] of Object.entries(PROJECTS)) {
    await mkdir(path.join(folder, project));
    await installPacked(path.join(folder, project), packages);
    await linkPeers(path.join(folder, project), peers);
    await linkOwn(path.join(folder, project), "@types/node");
  }
});
afterAll(() => remove());

/** How programs are compiled: what tslab does, and what a new project does, as ESM and as CommonJS. */
const WAYS = {
  "TypeScript 5.0 with Node10 resolution": ["5.0.4", OLD_WAY, ["frames.ts"]],
  "TypeScript 5.9 with NodeNext resolution": ["5.9.3", NEW_WAY, ["frames.mts", "frames.cts"]],
} as const satisfies Record<string, readonly [Compiler, object, readonly string[]]>;

describe.each(Object.entries(WAYS))("%s", (_, [compiler, options, names]) => {
  /** What the compiler says to a program, in a project with these packages. */
  const check = (project: Project, program: string, more = {}) =>
    compile(
      path.join(folder, project),
      compiler,
      { ...options, types: ["node"], ...more },
      Object.fromEntries(names.map((name) => [name, program])),
    );

  const NEEDS: readonly (readonly [Project, FrameFormat, "entry" | "root"])[] = [
    ["nothing", "arrow", "entry"],
    ["polars", "polars", "entry"],
    ["polars", "polars", "root"],
    ["polars", "arrow", "root"],
    ["both", "polars", "root"],
  ];
  test.each(NEEDS)(
    "with %s installed, %s by the %s has its library's own type",
    async (project, format, by) => {
      expect(await check(project, framesProgram(format, by))).toBe("");
    },
  );

  test.each(["entry", "root"] as const)(
    "with danfo installed, danfo by the %s has its library's own type",
    async (by) => {
      expect(await check("danfo", framesProgram("danfo", by), { skipLibCheck: true })).toBe("");
      // danfo's own declarations don't stand a check; ours do.
      const complaints = await check("danfo", framesProgram("danfo", by), { skipLibCheck: false });
      expect(complaints.split("\n").filter((line) => /^\S*(@lazyruns|frames\.)/.test(line))).toEqual([]);
    },
  );

  test("a proof of a type that isn't real is noticed", async () => {
    const program = framesProgram("polars", "entry");
    const untyped = program.replace("const df = await", "const df: any = await");
    expect(untyped).not.toBe(program);
    expect(await check("polars", untyped)).toContain("TS2322");
  });
});
