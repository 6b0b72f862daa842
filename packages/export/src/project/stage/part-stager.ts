import { stat } from "node:fs/promises";
import { join } from "node:path";
import { HistoryTable } from "@lazyruns/core";
import { ParquetTableWriter } from "@lazyruns/dataframes/parquet";
import {
  type Field,
  nameColumns,
  RUN_ID,
  type StoredColumn,
  sameColumns,
  uniteFields,
} from "../dataset/schema.ts";
import { sha256, syncFolder, writeDurably } from "../files/durable.ts";
import { fileError } from "../files/file-error.ts";
import { renamed } from "../files/renamed.ts";
import { step } from "../files/steps.ts";
import { lastStepOf, laterStep } from "./last-step.ts";
import { type PartRecord, partName, type RowTable, type StagedRun } from "./records.ts";
import { BYTES_A_VALUE, tableBytes } from "./table-bytes.ts";

/** Where parts and what is written at a time end. */
export interface PartLimits {
  /** A part isn't gone on with at the end of a run once it has so many rows, */
  readonly partRows: number;
  /** or so many bytes before they are packed, */
  readonly partBytes: number;
  /** or so many packed, once it is a part of the dataset, */
  readonly packedBytes: number;
  /** or is so many milliseconds old. */
  readonly partMs: number;
  /** Rows that are put together before they are written, */
  readonly pieceRows: number;
  /** at most so many bytes. */
  readonly pieceBytes: number;
}

export const PART_LIMITS: PartLimits = {
  partRows: 1_000_000,
  partBytes: 256 * 1024 * 1024,
  packedBytes: 64 * 1024 * 1024,
  partMs: 3_000,
  pieceRows: 65_536,
  pieceBytes: 32 * 1024 * 1024,
};

/** Where parts are put, and what is there already. */
export interface StagerOptions {
  readonly folder: string;
  readonly table: RowTable;
  /** The number of the first part. */
  readonly firstNumber: number;
  /** Columns that are known to come, and names that columns have. */
  readonly columns: readonly StoredColumn[];
  readonly limits: PartLimits;
  /** Told of each part that is whole. */
  readonly onPart: (part: PartRecord) => void;
}

/**
 * Writes runs' rows to parts: Parquet files of bounded size, each with a journal beside it that says, once the part is
 * whole and on the disk, what is in it. All rows of a part have the columns of all rows so far; where rows bring
 * another column, a part ends.
 */
export class PartStager {
  readonly #options: StagerOptions;
  #number: number;
  #columns: readonly StoredColumn[];
  #pending: HistoryTable[] = [];
  #pendingRuns: StagedRun[] = [];
  #pendingRows = 0;
  #pendingBytes = 0;
  #writer: ParquetTableWriter | undefined;
  #runs: StagedRun[] = [];
  #since = 0;
  /** Rows of the run under way that are in the part under way, or will be. */
  #ofRun = 0;

  constructor(options: StagerOptions) {
    this.#options = options;
    this.#number = options.firstNumber;
    this.#columns = options.columns;
  }

  /** Adds rows of a run; all of a run's one after another. */
  async add(
    run: { readonly id: string; readonly mark: string },
    table: HistoryTable,
    ends: Omit<StagedRun, "id" | "mark" | "rows">,
  ): Promise<void> {
    const { limits } = this.#options;
    const rows = table.numRows;
    this.#pendingRuns.push({ ...run, ...ends, rows, ...(ends.last ? {} : lastStepOf(table)) });
    this.#since ||= Date.now();
    this.#ofRun = (ends.first ? 0 : this.#ofRun) + rows;
    if (rows > 0) {
      this.#pending.push(table);
      this.#pendingRows += rows;
      this.#pendingBytes += tableBytes(table);
    }
    if (this.#pendingRows >= limits.pieceRows || this.#pendingBytes >= limits.pieceBytes) await this.#flush();
    const isLong = ends.last ? this.#isFull() : this.#isFull() && this.#ofRun >= limits.partRows;
    if (isLong || (ends.last && Date.now() - this.#since >= limits.partMs)) await this.seal();
  }

  /** Ends the part under way: it is on the disk then. */
  async seal(): Promise<void> {
    await this.#flush();
    await this.#close();
  }

  /** Leaves nothing of the part under way. Never rejects. */
  async abort(): Promise<void> {
    await this.#writer?.abort();
    this.#writer = undefined;
  }

  #isFull(): boolean {
    const { partRows, partBytes } = this.#options.limits;
    const { numRows = 0, bytes = 0 } = this.#writer ?? {};
    return numRows + this.#pendingRows >= partRows || bytes + this.#pendingBytes >= partBytes;
  }

  async #flush(): Promise<void> {
    const runs = this.#pendingRuns.splice(0);
    const tables = this.#pending.splice(0);
    const bytes = this.#pendingBytes;
    this.#pendingRows = 0;
    this.#pendingBytes = 0;
    if (tables.length > 0) {
      const all = HistoryTable.concat(tables);
      await this.#open(fieldsOf(all));
      const perRow = Math.max(bytes / all.numRows, BYTES_A_VALUE * this.#columns.length);
      const rows = Math.max(1, Math.floor(this.#options.limits.pieceBytes / perRow) & ~7);
      for (const piece of all.batches(Math.max(8, rows))) {
        await this.#writer?.write(renamed(piece, this.#columns));
      }
    }
    for (const run of runs) addRun(this.#runs, run);
  }

  /** Has a part under way with all columns, of types that hold these. */
  async #open(fields: readonly Field[]): Promise<void> {
    const { folder, table } = this.#options;
    const known = this.#columns.slice(1);
    const columns = [RUN_ID, ...nameColumns(uniteFields(known, fields), [RUN_ID], known)];
    if (this.#writer !== undefined) {
      if (sameColumns(columns, this.#columns)) return;
      await this.#close();
    }
    this.#columns = columns;
    const path = join(folder, `${partName(table, this.#number)}.parquet`);
    this.#writer = await ParquetTableWriter.open(path, { columns });
  }

  async #close(): Promise<void> {
    if (this.#runs.length === 0) return;
    const { folder, table, onPart } = this.#options;
    const name = partName(table, this.#number);
    const writer = this.#writer;
    const file = writer === undefined ? null : `${name}.parquet`;
    const path = join(folder, `${name}.parquet`);
    let facts = { bytes: 0, sha256: "" };
    if (writer !== undefined) {
      step(`close ${name}`);
      await writer.close(); // where that fails there is still something to be aborted
      this.#writer = undefined;
      step(`closed ${name}`);
      await syncFolder(folder);
      try {
        facts = { bytes: (await stat(path)).size, sha256: await sha256(path) };
      } catch (error) {
        throw fileError(error, path);
      }
    }
    const inexact = new Set(writer?.inexact);
    const part: PartRecord = {
      table,
      number: this.#number,
      file,
      rows: writer?.numRows ?? 0,
      ...facts,
      columns: this.#columns,
      runs: this.#runs,
      inexact: this.#columns.filter(({ name }) => inexact.has(name)).map(({ source }) => source),
    };
    await writeDurably(join(folder, `${name}.json`), JSON.stringify(part));
    this.#runs = [];
    this.#since = 0;
    this.#number++;
    onPart(part);
  }
}

function fieldsOf(table: HistoryTable): Field[] {
  return table.columnNames.slice(1).map((source) => ({ source, dtype: table.column(source).dtype }));
}

/** Rows of a run that follow others of it in a part are one piece with them. */
function addRun(runs: StagedRun[], run: StagedRun): void {
  const before = runs.at(-1);
  if (before === undefined || before.id !== run.id || run.first || run.from !== undefined) runs.push(run);
  else {
    const steps = run.last ? { lastStep: undefined, atLast: undefined } : laterStep(before, run);
    runs[runs.length - 1] = { ...before, ...steps, rows: before.rows + run.rows, last: run.last };
  }
}
