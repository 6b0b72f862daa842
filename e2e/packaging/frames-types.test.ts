import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Compiler, compile, NEW_WAY, OLD_WAY } from "./compile.ts";
import { framesProgram } from "./frames-program.ts";
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

/** What the compiler finds amiss in ours and in the program; what libraries' own declarations don't stand is theirs. */
const oursIn = (complaints: string) =>
  complaints
    .split("\n")
    .filter((line) => /^\S/.test(line) && !/^[^(]*node_modules\/(?!@lazyruns\/)/.test(line));

describe.each(Object.entries(WAYS))("%s", (_, [compiler, options, names]) => {
  /** What the compiler says to programs, in a project with these packages. */
  const check = (project: Project, programs: readonly string[]) =>
    compile(
      path.join(folder, project),
      compiler,
      { ...options, types: ["node"] },
      Object.fromEntries(
        programs.flatMap((program, index) => names.map((name) => [`program${index}-${name}`, program])),
      ),
    );

  test.each(["entry", "root"] as const)("with polars alone, its own type comes by the %s", async (by) => {
    const complaints = await check("polars", [framesProgram("polars", by)]);
    expect(oursIn(complaints)).toEqual([]);
    // TypeScript 5.0 doesn't understand polars' own declarations.
    if (compiler !== "5.0.4") expect(complaints).toBe("");
  });

  test("with neither polars nor danfo, Arrow's entry is typed, and what isn't is noticed", async () => {
    const program = framesProgram("arrow", "entry");
    const untyped = program.replace("const df = await", "const df: any = await");
    expect(untyped).not.toBe(program);
    const lines = (await check("nothing", [program, untyped])).split("\n").filter((line) => /^\S/.test(line));
    expect(lines.filter((line) => line.includes("program1"))).not.toEqual([]);
    expect(lines.filter((line) => !line.includes("program1"))).toEqual([]);
  });

  test("with danfo alone, its entry gives its own type", async () => {
    expect(oursIn(await check("danfo", [framesProgram("danfo", "entry")]))).toEqual([]);
  });

  test("with everything, the root gives each library's own type", async () => {
    const formats = ["polars", "danfo", "arrow"] as const;
    const programs = formats.map((format) => framesProgram(format, "root"));
    expect(oursIn(await check("both", programs))).toEqual([]);
  });
});
