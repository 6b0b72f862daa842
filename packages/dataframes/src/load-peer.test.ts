import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadPolars } from "./polars/peer.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** A folder that holds this package's loader and core, and no other package. */
let root: string;
let notebook: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "load-peer-")));
  const ours = join(root, "ours");
  for (const file of ["load-peer.ts", "polars/peer.ts"]) {
    const { outputText } = ts.transpileModule(readFileSync(join(here, file), "utf8"), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    write(join(ours, file.replace(".ts", ".mjs")), outputText.replaceAll(/\.ts"/g, '.mjs"'));
  }
  mkdirSync(join(ours, "node_modules/@lazyruns"), { recursive: true });
  symlinkSync(join(here, "../../core"), join(ours, "node_modules/@lazyruns/core"));
  notebook = join(root, "notebook");
  mkdirSync(notebook);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function install(place: string, version: string, main: string): string {
  const folder = join(root, place, "node_modules/nodejs-polars");
  write(
    join(folder, "package.json"),
    JSON.stringify({ name: "nodejs-polars", version, main: "bin/index.js" }),
  );
  write(join(folder, "bin/index.js"), main);
  return join(folder, "bin/index.js");
}

/** Loads polars in a process of its own, in the notebook's folder, and tells what came of it. */
function load(): { loaded?: unknown; name?: string; message?: string; brand?: boolean; cause?: string } {
  const script = `
    import { ConfigurationError } from ${JSON.stringify(join(root, "ours/node_modules/@lazyruns/core/dist/index.mjs"))};
    import { loadPolars } from ${JSON.stringify(join(root, "ours/polars/peer.mjs"))};
    try {
      console.log(JSON.stringify({ loaded: loadPolars().place ?? "no place" }));
    } catch (error) {
      const { name, message, cause } = error;
      const brand = error instanceof ConfigurationError;
      console.log(JSON.stringify({ name, message, brand, cause: cause?.message }));
    }`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: notebook,
    encoding: "utf8",
    env: { ...process.env, NODE_PATH: "", NODE_OPTIONS: "" },
  });
  return JSON.parse(output);
}

it("names what is missing, where it was looked for, and the command", () => {
  expect(load()).toEqual({
    name: "ConfigurationError",
    brand: true,
    message:
      `nodejs-polars >=0.24.1 <1 is not found from @lazyruns/dataframes' folder or from ${notebook}. ` +
      `This is Node ${process.versions.node}. Run \`npm install nodejs-polars@0.24.1\`, whose native part installs ` +
      "on Node 20 and newer; later versions install theirs on Node 22 and newer only.",
  });
});

it("says which native part is missing", () => {
  const main = install("notebook", "0.26.1", 'require("nodejs-polars-linux-x64-gnu");');
  const { name, message, cause } = load();
  expect(name).toBe("ConfigurationError");
  expect(message).toContain(
    `nodejs-polars 0.26.1 (${main}) could not be loaded: Cannot find module 'nodejs-polars-linux-x64-gnu'. ` +
      `This is Node ${process.versions.node}. Run \`npm install nodejs-polars@0.24.1\``,
  );
  expect(message).not.toContain("Require stack");
  expect(cause).toContain("Cannot find module");
});

it("tells of any other failure", () => {
  install("ours", "0.24.1", 'throw new Error("GLIBC_2.99 not found");');
  expect(load().message).toContain("could not be loaded: GLIBC_2.99 not found. This is Node");
});

it.each(["0.24.0", "0.9.30", "1.0.0", "1.0.0-beta.1"])("refuses version %s", (version) => {
  install("ours", version, 'exports.place = "wrong";');
  const { name, message } = load();
  expect(name).toBe("ConfigurationError");
  expect(message).toContain(`nodejs-polars ${version} (`);
  expect(message).toContain("is not a version that works: >=0.24.1 <1.");
  expect(message).toContain("npm install nodejs-polars@0.24.1");
});

it.each(["0.24.1", "0.24.10", "0.26.1", "0.100.0"])("takes version %s", (version) => {
  install("ours", version, 'exports.place = "ours";');
  expect(load()).toEqual({ loaded: "ours" });
});

it("prefers its own place, and falls back to the working directory's packages", () => {
  install("notebook", "0.24.1", 'exports.place = "notebook";');
  expect(load()).toEqual({ loaded: "notebook" });
  install("ours", "0.24.1", 'exports.place = "ours";');
  expect(load()).toEqual({ loaded: "ours" });
  install("ours", "0.26.1", 'require("nodejs-polars-linux-x64-gnu");');
  expect(load()).toEqual({ loaded: "notebook" });
});

it("gives the module that the user's import and require give", async () => {
  const polars = loadPolars();
  const imported = await import("nodejs-polars");
  const required = createRequire(import.meta.url)("nodejs-polars");
  expect(required).toBe(polars);
  expect(imported.DataFrame).toBe(polars.DataFrame);
  expect(imported.DataFrame.isDataFrame(polars.DataFrame({ a: [1] }))).toBe(true);
});
