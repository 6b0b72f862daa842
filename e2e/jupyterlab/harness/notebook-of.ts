import { readFileSync } from "node:fs";
import path from "node:path";
import { NOTEBOOKS } from "../../../scripts/lib/jupyter.mjs";
import type { Bundle } from "../../notebooks/notebook-file.ts";

/** A cell of a notebook to be: a code cell with saved outputs, or without. */
export interface CellOf {
  readonly source?: string;
  /** What its outputs hold, by MIME type. */
  readonly outputs?: readonly Bundle[];
}

/** The text of a notebook's file. @param kernel - `null`: the notebook names none */
export function notebookOf(cells: readonly CellOf[], kernel: "tslab" | null = "tslab"): string {
  const kernelspec = { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" };
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: kernel === null ? {} : { kernelspec, language_info: { name: "typescript" } },
    cells: cells.map(({ source = "", outputs = [] }, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
      source,
      outputs: outputs.map((data) => ({ output_type: "display_data", metadata: {}, data })),
    })),
  });
}

/**
 * The text of one of the demo's notebooks, which names no kernel: it is looked at.
 *
 * @param name - `"01-first-look"`
 */
export function demoNotebook(name: string): string {
  const notebook = JSON.parse(readFileSync(path.join(NOTEBOOKS, `${name}.ipynb`), "utf8"));
  return JSON.stringify({ ...notebook, metadata: {} });
}
