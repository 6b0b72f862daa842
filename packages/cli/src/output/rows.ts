/** A row: values by column. */
export type OutputRow = Readonly<Record<string, unknown>>;

/** Some rows with the columns they have; a table of the library is one. */
export interface OutputBatch extends Iterable<OutputRow> {
  readonly numRows: number;
  readonly columnNames: readonly string[];
}

/** The rows of a command, as they come. */
export interface OutputRows {
  /**
   * Whether every batch has the same columns. Where they differ, forms that need them in advance take in all batches
   * before the first row is written.
   */
  readonly sameColumns: boolean;
  readonly batches: AsyncIterable<OutputBatch>;
  /** The columns where there is no batch. */
  readonly columnsOfNone: readonly string[];
}

/** Puts rows that are there into a batch. */
export function batchOf(columnNames: readonly string[], rows: readonly OutputRow[]): OutputBatch {
  return { numRows: rows.length, columnNames, [Symbol.iterator]: () => rows[Symbol.iterator]() };
}

/** The rows with their columns known: all batches, where those differ. */
export async function withColumns(
  rows: OutputRows,
): Promise<{ columns: readonly string[]; batches: AsyncIterable<OutputBatch> | Iterable<OutputBatch> }> {
  if (rows.sameColumns) {
    const iterator = rows.batches[Symbol.asyncIterator]();
    const first = await iterator.next();
    const columns = first.done ? rows.columnsOfNone : first.value.columnNames;
    return { columns, batches: first.done ? [] : following(first.value, iterator) };
  }
  const batches: OutputBatch[] = [];
  for await (const batch of rows.batches) batches.push(batch);
  return { columns: batches.length === 0 ? rows.columnsOfNone : unite(batches), batches };
}

async function* following(first: OutputBatch, rest: AsyncIterator<OutputBatch>): AsyncGenerator<OutputBatch> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** In the order of the first that has them; those that are new later come behind, sorted among the metrics. */
function unite(batches: readonly OutputBatch[]): readonly string[] {
  const fixed = commonStart(batches.map(({ columnNames }) => columnNames));
  const metrics = new Set(batches.flatMap(({ columnNames }) => columnNames.slice(fixed.length)));
  return [...fixed, ...[...metrics].sort()];
}

/** `run_id` and the run's columns stand first in every batch. */
function commonStart(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  let end = 0;
  while (end < first.length && others.every((names) => names[end] === first[end])) end++;
  return first.slice(0, end);
}
