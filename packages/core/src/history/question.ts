import type { HistorySelection } from "../graphql/history-documents.ts";
import type { HistoryQuestion } from "./options.ts";
import { typeOfColumn } from "./run-columns.ts";
import type { Chunk } from "./table/chunk.ts";
import type { DType } from "./table/dtype.ts";
import type { NamedInAdvance } from "./table/history-table.ts";
import { joinOn } from "./table/join-on.ts";
import { orderBy } from "./table/order-by.ts";
import { requireAll } from "./table/require-all.ts";
import { requireAny } from "./table/require-any.ts";
import { withColumns } from "./table/with-columns.ts";

/** The metric that samples of single keys are joined on. */
const STEP = "_step";

/** The types of the metrics that are W&B's own. */
const METRIC_TYPES: ReadonlyMap<string, DType> = new Map([
  [STEP, "int64"],
  ["_runtime", "float64"],
  ["_timestamp", "float64"],
]);

/** The type of a metric without a value, where it is known. */
export function typeOfMetric(name: string): DType | undefined {
  return METRIC_TYPES.get(name);
}

/** What to ask each run for: the server has one field for chosen keys, one for all, one for the machine's metrics. */
export function selectionOf({ stream, samples, match, keys, xAxis }: HistoryQuestion): HistorySelection {
  if (stream === "system") return { field: "events", variables: { samples } };
  if (keys === undefined) return { field: "history", variables: { samples } };
  const lists = match === "all" ? [withX(xAxis, keys)] : keys.map((key) => withX(STEP, withX(xAxis, [key])));
  return {
    field: "sampledHistory",
    variables: { specs: lists.map((keys) => JSON.stringify({ keys, samples })) },
  };
}

/** Questions of one kind weigh about the same: by the field, the number of specs, and the order of `samples`. */
export function kindOf({ field, variables }: HistorySelection, { samples }: HistoryQuestion): string {
  const specs = Array.isArray(variables.specs) ? Math.min(variables.specs.length, 10) : 0;
  return `${field} ${specs} ${Math.ceil(Math.log2(samples))}`;
}

/** The columns that are there whether or not any row has a value for them. */
export function namedIn({ keys, xAxis, columns }: HistoryQuestion): NamedInAdvance {
  const types = new Map(columns.map(({ name, source }) => [name, typeOfColumn(source)]));
  return {
    fields: columns.map(({ name }) => name),
    metrics: withX(xAxis, keys ?? []),
    typeOfEmpty: (name) => (types.has(name) ? types.get(name) : typeOfMetric(name)),
  };
}

/** Makes a run's one chunk from what was answered: what the server leaves to do is done here. */
export function answerOf(chunks: readonly Chunk[], question: HistoryQuestion): Chunk {
  const { match, keys, xAxis } = question;
  const chunk = chosenRows(chunks, question);
  // With "any", null means that a key isn't in the sample; without rows, the columns asked for are there all the same.
  if (keys === undefined || (match === "all" && chunk.numRows > 0)) return chunk;
  return withColumns(chunk, withX(xAxis, keys));
}

function chosenRows(chunks: readonly Chunk[], question: HistoryQuestion): Chunk {
  const { stream, match, keys, xAxis } = question;
  const [first] = chunks;
  if (first === undefined) return joinOn([], STEP);
  if (keys !== undefined && stream === "default" && match === "any") return joinOn(chunks, STEP, xAxis);
  const wanted = keys === undefined || stream === "default" ? first : requireHere(first, keys, question);
  // The server has rows in the order of their steps, whatever the x axis is, and counts a null or NaN as an x.
  return xAxis === undefined ? wanted : orderBy(wanted, xAxis);
}

/** The system stream comes with all metrics: its rows are chosen here. */
function requireHere(chunk: Chunk, keys: readonly string[], { match, xAxis }: HistoryQuestion): Chunk {
  return match === "all" ? requireAll(chunk, withX(xAxis, keys)) : requireAny(chunk, keys, withX(xAxis, []));
}

function withX(x: string | undefined, keys: readonly string[]): string[] {
  return [...new Set(x === undefined ? keys : [x, ...keys])];
}
