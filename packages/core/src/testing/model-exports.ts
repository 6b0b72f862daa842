import type { JsonObject } from "@lazyruns/json";
import { onTestFinished } from "vitest";
import { buildChunk } from "../history/table/build-chunk.ts";
import type { ColumnData } from "../history/table/from-columns.ts";
import { makeTable } from "../history/table/history-table.ts";
import {
  type ExportedBatch,
  type ExportedRows,
  type HistoryExports,
  registerHistoryExports,
} from "../history/unsampled/exports.ts";
import type { ModelRow } from "./model-project.ts";

/** Has scans of this test read exported rows from here, by their files' URLs. */
export function modelExports(
  rowsOf: (url: string) => readonly ModelRow[],
  more: Partial<HistoryExports> = {},
) {
  const opened: string[] = [];
  registerHistoryExports({
    async open({ urls }) {
      opened.push(...urls);
      const rows = urls
        .flatMap(rowsOf)
        .sort((a, b) => Number(a._step ?? Infinity) - Number(b._step ?? Infinity));
      const steps = rows.flatMap(({ _step }) => (_step === undefined ? [] : [Number(_step)]));
      return {
        numRows: rows.length,
        lastStep: steps.length === 0 ? null : Math.max(...steps),
        async *read(wanted) {
          const chosen = rows.filter((row) => isWanted(row, wanted)).map((row) => withKeys(row, wanted));
          for (let at = 0; at < chosen.length; at += wanted.batchRows) {
            yield batchOf(chosen.slice(at, at + wanted.batchRows));
          }
        },
      };
    },
    ...more,
  });
  onTestFinished(() => {
    delete (globalThis as { [key: symbol]: unknown })[Symbol.for("lazyruns.history-exports")];
  });
  return { opened };
}

function isWanted(row: ModelRow, { keys, match, minStep, maxStep }: ExportedRows): boolean {
  const step = Number(row._step);
  const isRanged = minStep !== undefined || maxStep !== undefined;
  if (isRanged && !(step >= (minStep ?? 0) && step < (maxStep ?? Number.POSITIVE_INFINITY))) return false;
  if (keys === undefined) return true;
  return keys[match === "all" ? "every" : "some"]((key) => (row[key] ?? null) !== null);
}

function withKeys(row: ModelRow, { keys }: ExportedRows): ModelRow {
  if (keys === undefined) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => key === "_step" || keys.includes(key)));
}

function batchOf(rows: readonly ModelRow[]): ExportedBatch {
  const chunk = buildChunk(rows as unknown as JsonObject[]);
  const table = makeTable([{ run: { id: "", entity: "", project: "" }, chunk }]);
  const columns = chunk.schema.names.map((name) => {
    const { dtype, values, validity } = table.column(name);
    return { name, dtype, values, validity } as ColumnData;
  });
  return { numRows: rows.length, columns };
}
