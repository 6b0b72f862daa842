import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { Ajv } from "ajv";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  installPacked,
  type Packed,
  PUBLISHED,
  type Published,
  pack,
  ROOT,
  temporaryFolder,
} from "./pack.ts";

const SHIPPED =
  /^(package\.json|LICENSE|README\.md|bin\/[\w-]+\.mjs|dist\/[\w-]+\.(mjs|cjs|d\.mts|d\.cts)|schema\/\w+\.v\d\.schema\.json)$/;

/** What can be imported of each. */
const ENTRIES: Record<Published, readonly string[]> = {
  core: ["."],
  "local-server": ["."],
  dataframes: [".", "./polars", "./danfo", "./arrow", "./parquet"],
  notebook: [".", "./mime"],
  export: [".", "./polars"],
  cli: [],
};

/** What else can be reached of some, which has no types. */
const DATA: Partial<Record<Published, readonly string[]>> = { notebook: ["./schema/*.json"] };

describe.each(PUBLISHED)("the tarball of %s", (name) => {
  let packed: Packed;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    packed = await pack(name, temporary.folder);
  });
  afterAll(() => remove());

  test("publint has nothing to say", async () => {
    const tarball = await readFile(packed.tarball);
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: toArrayBuffer(tarball) } });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test("types are found by every resolution: node10, node16 from CommonJS and from ESM, bundler", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(packed.tarball)));
    // A command is run, never imported.
    if (ENTRIES[name].length === 0) return expect(analysis.types).toBe(false);
    if (analysis.types === false) throw new Error("The tarball holds no declarations.");
    expect(analysis.problems).toEqual([]);
    const kinds = ["node10", "node16-cjs", "node16-esm", "bundler"] as const;
    const file = (entry: string, extension: string) =>
      `/node_modules/${packed.manifest.name}/dist/${entry === "." ? "index" : path.basename(entry)}.d.${extension}`;
    expect(Object.keys(analysis.entrypoints)).toEqual([
      ...ENTRIES[name],
      ...(DATA[name] ?? []),
      "./package.json",
    ]);
    for (const entry of ENTRIES[name]) {
      const resolutions = analysis.entrypoints[entry]?.resolutions;
      const found = kinds.map((kind) => [kind, resolutions?.[kind].resolution?.fileName]);
      expect(Object.fromEntries(found)).toEqual({
        node10: file(entry, "cts"),
        "node16-cjs": file(entry, "cts"),
        "node16-esm": file(entry, "mts"),
        bundler: file(entry, "mts"),
      });
    }
  });

  test("it holds what runs, its types and the licence, and nothing else", async () => {
    const entries = await readdir(packed.folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(packed.folder, path.join(entry.parentPath, entry.name)))
      .map((file) => file.replaceAll("\\", "/"));
    expect(files).toContain("LICENSE");
    expect(files.filter((file) => !SHIPPED.test(file))).toEqual([]);
    // A command is run, never imported.
    expect(files.filter((file) => /^dist\/bin\.(?!mjs$)/.test(file))).toEqual([]);
  });

  test("nothing in it names an undeclared package of the workspace, a source map or the folder it was built in", async () => {
    const dist = path.join(packed.folder, "dist");
    const { dependencies, peerDependencies } = packed.manifest;
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    for (const file of await readdir(dist)) {
      const text = await readFile(path.join(dist, file), "utf8");
      const ours = [...text.matchAll(/(?:from|require\(|import\() ?["'](@lazyruns\/[\w-]+)/g)];
      expect(
        ours.map(([, imported]) => imported).filter((imported) => !declared.includes(imported as string)),
        file,
      ).toEqual([]);
      expect(text, file).not.toContain("sourceMappingURL");
      expect(text, file).not.toContain(ROOT);
    }
    expect(Object.keys(packed.manifest.dependencies ?? {})).not.toContain("@lazyruns/json");
  });
});

test("the notebook's schemas can be loaded by their names, and all that they refer to is there", async () => {
  const { folder, remove } = await temporaryFolder();
  try {
    await installPacked(folder, [await pack("notebook", folder)]);
    const load = (name: string) =>
      createRequire(path.join(folder, "program.cjs"))(`@lazyruns/notebook/schema/${name}`);
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    const names = ["columns.v1.schema.json", "history.v1.schema.json", "runs.v1.schema.json"];
    for (const name of names) ajv.addSchema(load(name));
    for (const name of names) expect(ajv.getSchema(name), name).toBeTypeOf("function");
    expect(await readdir(path.join(folder, "node_modules/@lazyruns/notebook/schema"))).toEqual(names);
  } finally {
    await remove();
  }
});

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
