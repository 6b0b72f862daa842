import type { TranslationBundle } from "@jupyterlab/translation";
import { count as counted } from "@lazyruns/curves";
import type { HistoryOutputPlot } from "@lazyruns/notebook/mime";
import type { HistoryData, HistoryRun, Metric } from "./history-data.ts";
import { asCount, asMoment, asText, isObject, member } from "./json.ts";
import { Notes } from "./notes.ts";
import { type ParsedColumn, parseColumns } from "./parse-columns.ts";
import { parseHead } from "./parse-head.ts";
import type { Parsed } from "./parsed.ts";

/**
 * Checks the JSON of `application/vnd.lazyruns.history.v1+json`, and reads as much of it as can be read. Never throws.
 *
 * @param json - any JSON
 * @param trans - what notes and reasons are worded by
 */
export function parseHistory(json: unknown, trans: TranslationBundle): Parsed<HistoryData> {
  const head = parseHead(json, trans);
  if (!head.ok) return head;
  const of = head.json;
  const given = member(of, "columns");
  if (!Array.isArray(given)) {
    return {
      ok: false,
      reason: trans.__("The output's data can't be read: it has no list of columns."),
    };
  }
  const notes = new Notes(trans);
  const numRows = rowCount(member(of, "numRows"), given, notes, trans);
  const parsed = parseColumns(given, numRows, (name) => name, notes);
  const metrics = parsed.flatMap((column) => metric(column) ?? []);
  const rows = member(of, "rows");
  const isEnds = rows === "ends";
  const data: HistoryData = {
    of: kindOf(member(of, "of")),
    numRows,
    totalRows: Math.max(numRows, asCount(member(of, "totalRows")) ?? numRows),
    columnsLeftOut: asCount(member(of, "columnsLeftOut")) ?? 0,
    runsLeftOut: asCount(member(of, "runsLeftOut")) ?? 0,
    rows: isEnds || rows === "sampled" ? rows : "all",
    head: isEnds ? Math.min(numRows, asCount(member(of, "head")) ?? 0) : 0,
    runs: parseRunRanges(member(of, "runs"), numRows, notes, trans),
    x: parseX(member(of, "x"), metrics, notes, trans),
    columns: parsed.map(({ column }) => column),
    metrics,
    plot: parsePlot(member(of, "plot")),
  };
  if (data.of === "plot" && data.plot === undefined) {
    notes.add(trans.__("It doesn't say how the plot was asked for."));
  }
  return { ok: true, data, notes: notes.toLines() };
}

function kindOf(value: unknown): HistoryData["of"] {
  return value === "history" || value === "plot" ? value : "frame";
}

/** How many rows there are: as many as are said, if a column has as many. */
function rowCount(
  said: unknown,
  columns: readonly unknown[],
  notes: Notes,
  trans: TranslationBundle,
): number {
  let longest = 0;
  for (const column of columns) {
    const values = isObject(column) ? member(column, "values") : undefined;
    if (Array.isArray(values)) longest = Math.max(longest, values.length);
  }
  const count = asCount(said);
  if (count !== undefined && count <= longest) return count;
  if (count === undefined) notes.add(trans.__("It doesn't say how many rows it has."));
  else
    notes.add(
      trans._n(
        "It says it has %2 row, and has %3.",
        "It says it has %2 rows, and has %3.",
        count,
        counted(count),
        counted(longest),
      ),
    );
  return longest;
}

function parseX(
  given: unknown,
  metrics: readonly Metric[],
  notes: Notes,
  trans: TranslationBundle,
): string | null {
  const x = asText(given);
  if (x === undefined) return null;
  if (metrics.some(({ name }) => name === x)) return x;
  notes.add(trans.__("Rows are counted: what its curves went along isn't a column of numbers here."));
  return null;
}

/** Whose the rows are, each row once. */
function parseRunRanges(
  given: unknown,
  numRows: number,
  notes: Notes,
  trans: TranslationBundle,
): HistoryRun[] {
  const runs: HistoryRun[] = [];
  let start = 0;
  let isWrong = !Array.isArray(given);
  for (const json of Array.isArray(given) ? given : []) {
    if (!isObject(json)) {
      isWrong = true;
      continue;
    }
    const count = asCount(member(json, "numRows"));
    const end = Math.min(numRows, start + (count ?? 0));
    if (count === undefined || end - start < count) isWrong = true;
    const id = asText(member(json, "id")) ?? "";
    runs.push({
      id,
      name: asText(member(json, "name")) || id,
      group: asText(member(json, "group")),
      start,
      end,
      totalRows: Math.max(end - start, asCount(member(json, "totalRows")) ?? 0),
    });
    start = end;
  }
  if (start < numRows) {
    runs.push({ id: "", name: "", group: undefined, start, end: numRows, totalRows: numRows - start });
    isWrong = true;
  }
  if (isWrong) notes.add(trans.__("What it says of which rows are whose doesn't add up."));
  return runs;
}

function metric({ column, saidType }: ParsedColumn): Metric | undefined {
  if (saidType !== "int64" && saidType !== "float64" && saidType !== "datetime") return undefined;
  const isDatetime = saidType === "datetime";
  const values = Float64Array.from(column.values, (value) => {
    if (typeof value === "number") return value;
    if (typeof value === "bigint") return Number(value);
    return (isDatetime ? asMoment(value) : undefined) ?? Number.NaN;
  });
  return { name: column.name, isDatetime, values };
}

function parsePlot(given: unknown): HistoryOutputPlot | undefined {
  if (!isObject(given)) return undefined;
  const y = member(given, "y");
  const smooth = member(given, "smooth");
  return {
    y: Array.isArray(y) ? y.filter((name) => typeof name === "string") : [],
    groupBy: asText(member(given, "groupBy")) ?? null,
    smooth: typeof smooth === "number" && smooth >= 0 && smooth < 1 ? smooth : 0,
    logY: member(given, "logY") === true,
  };
}
