import { type Cells, NO_CELLS } from "./cell-names.ts";
import { pythonCode } from "./python-code.ts";
import { typescriptCode } from "./typescript-code.ts";
import type { WantedRuns } from "./wanted-runs.ts";

/** The languages that there is code in. */
export type CodeLanguage = "typescript" | "python";

/** Which of them a kernel speaks, by the name that it gives its language; undefined: none of them. */
export function codeLanguage(name: string): CodeLanguage | undefined {
  const known = name.toLowerCase();
  if (/^(typescript|javascript|ts|js|deno)$/.test(known)) return "typescript";
  return /^i?python\d*$/.test(known) ? "python" : undefined;
}

/** @param cells - what the notebook has; default: nothing, which makes code that stands by itself */
export function codeFor(language: CodeLanguage, wanted: WantedRuns, cells: Cells = NO_CELLS): string {
  return language === "python" ? pythonCode(wanted, cells) : typescriptCode(wanted, cells);
}
