import { LazyrunsError } from "../errors.ts";
import { type FormatWarn, findForm } from "../formats.ts";
import type { HistoryFormat, HistoryFormats } from "./formats.ts";
import { withPartial } from "./incomplete.ts";
import type { HistoryRow } from "./rows.ts";
import {
  type HistoryTable,
  makePassingTable,
  makeTable,
  type NamedInAdvance,
  type RunChunk,
} from "./table/history-table.ts";
import { rowsOf } from "./table/rows-of.ts";

/** Takes histories as they come and makes one thing of them. */
export interface Collector<T, R = T | Promise<T>> {
  add(history: RunChunk): void;
  result(): R;
}

/** A form of histories that was asked for, its options checked. */
export interface HistoryForm<T> {
  /** Loads what it needs. */
  prepare(): Promise<void>;
  /**
   * @param named - columns that are there whether or not anything arrives
   * @param isShared - whether the chunks that are added stay in use elsewhere
   */
  collect(named: NamedInAdvance, isShared: boolean): Collector<T>;
}

/**
 * The form of that name.
 *
 * @param options - the caller's, all of them
 * @throws InvalidArgumentError for a name that isn't known, or options that the form refuses
 */
export function historyForm<F extends HistoryFormat>(
  name: F,
  options: object,
  warn: FormatWarn | undefined,
): HistoryForm<HistoryFormats[F]>;
export function historyForm(
  name: string,
  options: object,
  warn: FormatWarn | undefined,
): HistoryForm<unknown> {
  const form = findForm<HistoryTable, never>(name, options);
  if (form === undefined) {
    return { prepare: async () => undefined, collect: name === "table" ? tables : records };
  }
  return {
    prepare: async () => form.prepare?.(),
    collect: (named, isShared) => {
      const runs: RunChunk[] = [];
      const make = form.readsOnce && !isShared ? makePassingTable : makeTable;
      return {
        add: (history) => void runs.push(history),
        result: async () => {
          const table = make(runs, named);
          const { numRows } = table;
          // What a form reads once can be kept as long as nothing of it was freed, as a table of the ordinary kind.
          const kept = () => {
            const left = makeTable(runs, named);
            return left.numRows === numRows ? left : undefined;
          };
          return keeping(kept, `The histories arrived, but no ${name} frame`, () =>
            form.histories(table, options, warn),
          );
        },
      };
    },
  };
}

// Rows are made at once, so that a run's columns are let go.
function records(): Collector<HistoryRow[], HistoryRow[]> {
  const rows: HistoryRow[] = [];
  return {
    add: ({ run, chunk, fields }) => rowsOf(run.id, chunk, fields, 0, chunk.numRows, rows),
    result: () => rows,
  };
}

function tables(named: NamedInAdvance): Collector<HistoryTable, HistoryTable> {
  const runs: RunChunk[] = [];
  return { add: (history) => void runs.push(history), result: () => makeTable(runs, named) };
}

/**
 * Makes a form of a table. What arrived isn't lost by a form that can't be made of it, unless the form began to free it.
 *
 * @param kept - the table, where it still has all its values
 * @throws LazyrunsError with the table as its `partial`, where that is whole
 */
export async function keeping<T>(
  kept: () => object | undefined,
  what: string,
  make: () => T,
): Promise<Awaited<T>> {
  try {
    return await make();
  } catch (error) {
    const partial = kept();
    if (error instanceof LazyrunsError) throw partial === undefined ? error : withPartial(error, partial);
    const where = partial === undefined ? "" : "; the error's partial is their table";
    const message = error instanceof Error ? error.message : String(error);
    throw new LazyrunsError(`${what} could be made of them${where}. ${message}`, {
      operation: "making a frame",
      partial,
      cause: error,
    });
  }
}
