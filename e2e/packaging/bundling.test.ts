import { writeFile } from "node:fs/promises";
import path from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked, pack, runNode, temporaryFolder } from "./pack.ts";

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [
    await pack("core", folder),
    await pack("dataframes", folder),
    await pack("notebook", folder),
    await pack("export", folder),
  ]);
});
afterAll(() => remove());

/** A program whose imports only register formats: a bundler leaves out what it takes for useless. */
const program = (entry: string) => `
  import { Api } from "@lazyruns/core";
  import ${JSON.stringify(entry)};
  const api = new Api({ apiKey: "k".repeat(40), baseUrl: "http://127.0.0.1:9" });
  const message = await api.runs("team/project").histories({ format: "none" }).catch((error) => error.message);
  console.log(message);
  await api.close();
`;

/** Bundles a program with our packages, and without the frames' own. */
async function bundleTo(file: string, input: string): Promise<void> {
  const external = ["undici", "danfojs-node", "nodejs-polars"];
  const bundle = await rolldown({ input, platform: "node", external });
  await bundle.write({ file, codeSplitting: false });
  await bundle.close();
}

test.each([
  ["@lazyruns/dataframes", ["arrow", "danfo", "polars"]],
  ["@lazyruns/dataframes/arrow", ["arrow"]],
  ["@lazyruns/dataframes/danfo", ["danfo"]],
  ["@lazyruns/dataframes/polars", ["polars"]],
])("a bundle of a program that imports %s still registers its formats", async (entry, formats) => {
  const input = path.join(folder, "input.mjs");
  const file = path.join(folder, "bundle.mjs");
  await writeFile(input, program(entry));
  await bundleTo(file, input);
  const { stdout, stderr } = await runNode([file], folder);
  expect(stderr).toBe("");
  const known = [...stdout.matchAll(/"(arrow|danfo|polars)"/g)].map(([, name]) => name);
  expect(known.sort()).toEqual(formats);
});

test("a bundle of a program that imports the notebook's package still has values show themselves", async () => {
  const input = path.join(folder, "notebook.mjs");
  const file = path.join(folder, "notebook-bundle.mjs");
  const shower = 'Object.keys(globalThis[Symbol.for("lazyruns.shower")] ?? {})';
  await writeFile(input, `import "@lazyruns/notebook";\nconsole.log(${shower}.join());\n`);
  await bundleTo(file, input);
  expect(await runNode([file], folder)).toEqual({ code: 0, stdout: "inspect,display,made\n", stderr: "" });
});

test.each(["@lazyruns/export", "@lazyruns/export/polars"])(
  "a bundle of a program that imports %s still reads the server's Parquet exports",
  async (entry) => {
    const input = path.join(folder, "exports.mjs");
    const file = path.join(folder, "exports-bundle.mjs");
    const reader = 'typeof globalThis[Symbol.for("lazyruns.history-exports")]?.open';
    await writeFile(input, `import ${JSON.stringify(entry)};\nconsole.log(${reader});\n`);
    const external = ["undici", "nodejs-polars", "parquet-wasm", "hyparquet"];
    const bundle = await rolldown({ input, platform: "node", external });
    await bundle.write({ file, codeSplitting: false });
    await bundle.close();
    expect(await runNode([file], folder)).toEqual({ code: 0, stdout: "function\n", stderr: "" });
  },
);

test("a bundle has nothing of an entry that registers nothing and isn't used", async () => {
  const input = path.join(folder, "unused.mjs");
  await writeFile(input, 'import "@lazyruns/dataframes/parquet";\nconsole.log("done");\n');
  const bundle = await rolldown({ input, platform: "node", external: ["undici", "parquet-wasm"] });
  const { output } = await bundle.generate({ codeSplitting: false });
  await bundle.close();
  expect(output.flatMap((part) => ("imports" in part ? part.imports : []))).toEqual([]);
});
