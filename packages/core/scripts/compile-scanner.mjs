// pnpm --filter @lazyruns/core scanner: compiles assembly/ and writes it into the module that the package carries.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compileScanner, moduleText } from "./lib/scanner-module.mjs";

const target = fileURLToPath(new URL("../src/history/scan/scanner-wasm.ts", import.meta.url));
await writeFile(target, moduleText(await compileScanner()));
