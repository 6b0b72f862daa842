import { type ColumnData, LazyrunsError, type RunsWarning } from "@lazyruns/core";
import type { Batch, Column, Field } from "@uwdata/flechette";
import { bitmapBytes, isSet, setBit } from "../bits.ts";
import { Warner } from "../columns/warner.ts";
import { isValid } from "./batch-values.ts";
import { loadFlechette } from "./flechette.ts";
import { tellOf } from "./moments.ts";
import { type Moments, readColumn } from "./read-column.ts";
import { TYPE, typeName } from "./type-ids.ts";

/** Which columns of Arrow data are read. */
export interface ArrowColumnsOptions {
  /**
   * A column's name in the data and, in structs, those of what it is in them; and the name that it gets. What the data
   * haven't is left out. Default: every column.
   */
  readonly columns?: readonly { readonly name: string; readonly path: readonly string[] }[] | undefined;
  /** Told of moments that lost something, as by `fromArrow()`. Default: `process.emitWarning`. */
  readonly onWarning?: ((warning: RunsWarning) => void) | undefined;
}

/** Rows as columns of a history table. */
export interface ArrowColumns {
  readonly numRows: number;
  readonly columns: readonly ColumnData[];
}

/**
 * The columns of Arrow data, as `HistoryTable.fromColumns()` takes them: those types that `fromArrow()` reads, and what
 * Parquet files hold besides. Structs, lists and maps become JSON text, without the fields of structs that are null;
 * decimals the nearest doubles; times and durations whole numbers of their units; bytes text, as what they say in UTF-8,
 * else as a `data:` URL.
 *
 * The data are trusted to be Arrow: for bytes from elsewhere there is `fromArrow()`, which looks at them first.
 *
 * @param data - an Arrow IPC stream, uncompressed
 * @throws LazyrunsError naming the column that can't be read
 * @example
 * const { numRows, columns } = await arrowColumns(ipc, { columns: [{ name: "eval.loss", path: ["eval", "loss"] }] });
 * const table = HistoryTable.fromColumns(new Array(numRows).fill(run.id), columns);
 */
export async function arrowColumns(
  data: Uint8Array,
  options: ArrowColumnsOptions = {},
): Promise<ArrowColumns> {
  const { tableFromIPC } = await loadFlechette();
  const table = tableFromIPC(data, { useBigInt: true });
  const { fields } = table.schema;
  const all = fields.map(({ name }) => ({ name, path: [name] }));
  const warner = new Warner(options);
  const columns: ColumnData[] = [];
  for (const { name, path } of options.columns ?? all) {
    const index = fields.findIndex((field) => field.name === path[0]);
    if (index < 0) continue;
    const column = table.children[index] as Column<unknown>;
    const read = readPath(column.data as Batch<unknown>[], fields[index] as Field, path, name, warner);
    if (read !== undefined) columns.push(read);
  }
  return { numRows: table.numRows, columns };
}

function readPath(
  batches: readonly Batch<unknown>[],
  field: Field,
  path: readonly string[],
  name: string,
  warner: Warner,
): ColumnData | undefined {
  const levels: (readonly Batch<unknown>[])[] = [batches];
  let leaf = field;
  for (const member of path.slice(1)) {
    if (leaf.type.typeId !== TYPE.struct) return undefined;
    const { children } = leaf.type;
    const index = children.findIndex((child) => child.name === member);
    if (index < 0) return undefined;
    leaf = children[index] as Field;
    const above = levels.at(-1) as readonly Batch<unknown>[];
    levels.push(above.map(({ children }) => children[index] as Batch<unknown>));
  }
  const moments: Moments = { shortened: 0, lost: 0 };
  let read: ColumnData;
  try {
    read = readColumn({ data: levels.at(-1) as Batch<unknown>[] }, { ...leaf, name } as Field, moments, {
      sparse: true,
    });
  } catch (error) {
    throw new LazyrunsError(
      `Column ${JSON.stringify(name)} of Arrow type ${typeName(leaf.type)} can't be read: ${reasonOf(error)}.`,
      { operation: "reading Arrow data", cause: error },
    );
  }
  tellOf(read.name, moments, warner);
  return levels.slice(0, -1).reduce(withParents, read);
}

/** A value that is in a struct which is null is null. */
function withParents(column: ColumnData, parents: readonly Batch<unknown>[]): ColumnData {
  if (parents.every(({ nullCount }) => !(nullCount > 0))) return column;
  const length = column.values.length;
  const validity = new Uint8Array(bitmapBytes(length));
  let row = 0;
  for (const parent of parents) {
    for (let at = 0; at < parent.length; at++, row++) {
      if (isValid(parent, at) && (column.validity === null || isSet(column.validity, row)))
        setBit(validity, row);
    }
  }
  return { ...column, validity };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
