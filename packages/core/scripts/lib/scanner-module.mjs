// What the scanner's source compiles to, and the module that holds it.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const SOURCE = fileURLToPath(new URL("../../assembly", import.meta.url));

/** No garbage collector, no checks that the source makes itself, nothing to call for an abort. */
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--use", "abort="];

/** The scanner as WebAssembly. The same source gives the same bytes. */
export async function compileScanner() {
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error, stderr } = await asc.main(["answer.ts", "--outFile", "scanner.wasm", ...OPTIONS], {
    readFile: (name) => readFile(path.join(SOURCE, name), "utf8").catch(() => null),
    writeFile: (_, contents) => {
      if (typeof contents !== "string") wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || wasm === undefined)
    throw new Error(`The scanner doesn't compile.\n${stderr}`, { cause: error });
  return wasm;
}

/** The text of src/history/scan/scanner-wasm.ts. */
export function moduleText(/** @type {Uint8Array} */ wasm) {
  const lines =
    Buffer.from(wasm)
      .toString("base64")
      .match(/.{1,100}/g) ?? [];
  const pieces = lines.map((line) => `  "${line}"`).join(" +\n");
  return `// What assembly/ compiles to; a test compares. Made by: pnpm --filter @lazyruns/core scanner

/** The scanner as WebAssembly, in base64. */
export const SCANNER_WASM: string =
${pieces.replace(/^ {2}/gm, "  ")};
`;
}
