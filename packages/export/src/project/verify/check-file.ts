import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { DType } from "@lazyruns/core";
import { fromArrow } from "@lazyruns/dataframes/arrow";
import type { ParquetFile } from "parquet-wasm";
import type { ManifestColumn, ManifestFile } from "../dataset/manifest.ts";
import type { RunRows } from "../dataset/stored-file.ts";
import { sha256 } from "../files/durable.ts";
import type { VerifyProblem } from "./verify-export.ts";

/** What is wrong with a file: at most one thing, for the rest follows from it. */
export async function checkFile(
  folder: string,
  file: ManifestFile,
  columns: readonly ManifestColumn[],
): Promise<VerifyProblem[]> {
  const { path } = file;
  const full = join(folder, ...path.split("/"));
  const problem = (what: string) => [{ path, message: `${path} ${what}.` }];
  const size = await stat(full).then(
    ({ size }) => size,
    () => undefined,
  );
  if (size === undefined) return problem("isn't there");
  if (size !== file.bytes) return problem(`has ${size} bytes, and had ${file.bytes} when it was written`);
  if ((await sha256(full)) !== file.sha256) return problem("has other bytes than when it was written");
  const library = await import("parquet-wasm");
  let opened: ParquetFile | undefined;
  try {
    opened = await library.ParquetFile.fromFile(await openAsBlob(full));
    const { types, runs } = await contentsOf(opened);
    const wrong = columns.find(
      ({ name, dtype }) => types.get(name) !== (dtype === "null" ? "float64" : dtype),
    );
    if (types.size !== columns.length || wrong !== undefined) {
      return problem(
        `has other columns than the manifest says${wrong === undefined ? "" : `: ${wrong.name}`}`,
      );
    }
    if (!sameRuns(runs, file.runs)) return problem("has other runs or rows than the manifest says");
    return [];
  } catch (error) {
    return problem(`can't be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    opened?.free();
  }
}

/** The types of a file's columns by their names, and how many rows, one after another, are which run's. */
async function contentsOf(file: ParquetFile): Promise<{ types: Map<string, DType>; runs: RunRows[] }> {
  const runs: { id: string; rows: number }[] = [];
  const groups = file.metadata().numRowGroups();
  for (let group = 0; group < groups; group++) {
    const table = await file.read({ rowGroups: [group], columns: ["run_id"] });
    for (const { runId, numRows } of (await fromArrow(table.intoIPCStream())).runLengths()) {
      const last = runs.at(-1);
      if (last?.id === runId) last.rows += numRows;
      else runs.push({ id: runId, rows: numRows });
    }
  }
  const whole = await fromArrow(file.schema().intoIPCStream());
  return { types: new Map(whole.columnNames.map((name) => [name, whole.column(name).dtype])), runs };
}

function sameRuns(a: readonly RunRows[], b: readonly RunRows[]): boolean {
  return (
    a.length === b.length && a.every(({ id, rows }, index) => id === b[index]?.id && rows === b[index]?.rows)
  );
}
