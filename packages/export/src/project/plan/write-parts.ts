import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ParquetTableWriter } from "@lazyruns/dataframes/parquet";
import type { StoredColumn } from "../dataset/schema.ts";
import type { RunRows, StoredFile } from "../dataset/stored-file.ts";
import { linkOrCopy, sha256 } from "../files/durable.ts";
import { renamed } from "../files/renamed.ts";
import { step } from "../files/steps.ts";
import type { PlannedPart } from "./plan-parts.ts";
import { SliceReader } from "./read-slices.ts";

/** Told of rows that are in their place. */
export interface WriteOptions {
  readonly signal: AbortSignal | undefined;
  readonly onRows: (rows: number) => void;
}

/** The name of a part, by which parts sort in their order. */
export function fileName(index: number): string {
  return `part-${String(index).padStart(5, "0")}.parquet`;
}

/** Makes the parts of a table in a folder, which is empty. A table without rows gets a part for its columns. */
export async function writeParts(
  folder: string,
  parts: readonly PlannedPart[],
  columns: readonly StoredColumn[],
  { signal, onRows }: WriteOptions,
): Promise<StoredFile[]> {
  const reader = new SliceReader();
  const files: StoredFile[] = [];
  try {
    for (const [index, part] of (parts.length === 0 ? [{ runs: [] }] : parts).entries()) {
      signal?.throwIfAborted();
      const path = join(folder, fileName(index));
      if ("keep" in part) {
        await linkOrCopy(part.keep.path, path);
        onRows(part.keep.rows);
        files.push({ ...part.keep, path });
      } else files.push(await writePart(path, part, columns, reader, { signal, onRows }));
    }
  } finally {
    reader.close();
  }
  return files;
}

async function writePart(
  path: string,
  { runs }: Exclude<PlannedPart, { keep: StoredFile }>,
  columns: readonly StoredColumn[],
  reader: SliceReader,
  { signal, onRows }: WriteOptions,
): Promise<StoredFile> {
  const writer = await ParquetTableWriter.open(path, { columns });
  const inexact = new Set(runs.flatMap(({ slices }) => slices.flatMap(({ file }) => file.inexact)));
  try {
    const slices = runs.flatMap(({ slices }) => slices);
    for await (const rows of reader.read(slices, columns.length)) {
      signal?.throwIfAborted();
      await writer.write(renamed(rows, columns));
      onRows(rows.numRows);
    }
    step(`close ${path}`);
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const names = new Set(writer.inexact);
  for (const { name, source } of columns) if (names.has(name)) inexact.add(source);
  return {
    path,
    rows: writer.numRows,
    bytes: (await stat(path)).size,
    sha256: await sha256(path),
    columns,
    inexact: [...inexact].sort(),
    runs: runs.map(
      ({ id, slices }): RunRows => ({ id, rows: slices.reduce((sum, { rows }) => sum + rows, 0) }),
    ),
  };
}
