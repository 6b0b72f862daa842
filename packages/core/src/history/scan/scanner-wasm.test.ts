import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileScanner, moduleText } from "../../../scripts/lib/scanner-module.mjs";

test("the scanner that is committed is what its source compiles to", { timeout: 60_000 }, async () => {
  const committed = await readFile(fileURLToPath(new URL("scanner-wasm.ts", import.meta.url)), "utf8");
  expect(committed).toBe(moduleText(await compileScanner()));
});
