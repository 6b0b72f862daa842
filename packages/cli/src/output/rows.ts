/** A row: values by column. */
export type OutputRow = Readonly<Record<string, unknown>>;

/** Some rows with the columns they have; a table of the library is one. */
export interface OutputBatch extends Iterable<OutputRow> {
  readonly numRows: number;
  readonly columnNames: readonly string[];
}

/** The rows of a command, as they come. Forms with columns (CSV, a table) need the same ones in every batch. */
export interface OutputRows {
  readonly batches: AsyncIterable<OutputBatch>;
  /** The columns where there is no batch. */
  readonly columnsOfNone: readonly string[];
}

/** Puts rows that are there into a batch. */
export function batchOf(columnNames: readonly string[], rows: readonly OutputRow[]): OutputBatch {
  return { numRows: rows.length, columnNames, [Symbol.iterator]: () => rows[Symbol.iterator]() };
}

/** The rows with their columns known: those of the first batch. */
export async function withColumns({ batches, columnsOfNone }: OutputRows): Promise<{
  readonly columns: readonly string[];
  readonly batches: AsyncIterable<OutputBatch>;
}> {
  const iterator = batches[Symbol.asyncIterator]();
  const first = await iterator.next();
  const columns = first.done ? columnsOfNone : first.value.columnNames;
  return { columns, batches: alike(first, iterator, columns) };
}

/** @throws Error where a batch has other columns: nothing is lost without a word */
async function* alike(
  first: IteratorResult<OutputBatch>,
  rest: AsyncIterator<OutputBatch>,
  columns: readonly string[],
): AsyncGenerator<OutputBatch, void, undefined> {
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      const { columnNames } = next.value;
      if (
        columnNames.length !== columns.length ||
        columnNames.some((name, index) => name !== columns[index])
      ) {
        throw new Error(`Columns changed from ${columns.join(", ")} to ${columnNames.join(", ")}.`);
      }
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
