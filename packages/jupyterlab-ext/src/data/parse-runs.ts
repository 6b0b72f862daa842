import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import { distinct } from "./distinct.ts";
import type { HistoryData } from "./history-data.ts";
import { asCount, asMoment, asText, type JsonObject, member } from "./json.ts";
import { Notes } from "./notes.ts";
import { parseColumns } from "./parse-columns.ts";
import { parseHead } from "./parse-head.ts";
import { parseHistory } from "./parse-history.ts";
import type { Parsed } from "./parsed.ts";
import type { RunsColumn, RunsData } from "./runs-data.ts";
import { webPage } from "./web-page.ts";

/**
 * Checks the JSON of `application/vnd.lazyruns.runs.v1+json`, and reads as much of it as can be read. Never throws.
 *
 * @param json - any JSON
 * @param trans - what notes and reasons are worded by
 */
export function parseRuns(json: unknown, trans: TranslationBundle): Parsed<RunsData> {
  const head = parseHead(json, trans);
  if (!head.ok) return head;
  const of = head.json;
  const givenIds = member(of, "ids");
  const givenColumns = member(of, "columns");
  if (!Array.isArray(givenIds) || !Array.isArray(givenColumns)) {
    return {
      ok: false,
      reason: trans.__("The output's data can't be read: it has no lists of runs and of columns."),
    };
  }
  const notes = new Notes(trans);
  const { ids, runIds } = parseIds(givenIds, notes, trans);
  const columns = parseColumns(givenColumns, ids.length, columnKey, notes).map(
    ({ column, json }): RunsColumn => ({
      ...column,
      kind: columnKind(json),
      isShown: member(json, "shown") !== false,
    }),
  );
  const histories = parseHistories(of, notes, trans);
  const data: RunsData = {
    of: kindOf(member(of, "of")),
    entity: asText(member(of, "entity")) ?? null,
    project: asText(member(of, "project")) ?? null,
    url: webPage(member(of, "url")),
    total: asCount(member(of, "total")) ?? null,
    loaded: asCount(member(of, "loaded")) ?? ids.length,
    full: asCount(member(of, "full")) ?? 0,
    madeAt: asMoment(member(of, "madeAt")),
    ids,
    ...(runIds !== undefined && { runIds }),
    columns,
    columnsLeftOut: asCount(member(of, "columnsLeftOut")) ?? 0,
    histories,
    ...(histories === undefined && member(of, "histories") !== undefined && { areHistoriesBroken: true }),
  };
  return { ok: true, data, notes: notes.toLines() };
}

function kindOf(value: unknown): RunsData["of"] {
  return value === "run" || value === "table" ? value : "runs";
}

function columnKind(json: JsonObject): RunsColumn["kind"] {
  const kind = member(json, "kind");
  return kind === "field" || kind === "config" || kind === "summary" ? kind : "other";
}

function columnKey(name: string, json: JsonObject): string {
  return `${columnKind(json)}:${name}`;
}

/** A key of its own for each row, and the ids as they are where those wouldn't do. */
function parseIds(
  given: readonly unknown[],
  notes: Notes,
  trans: TranslationBundle,
): { ids: string[]; runIds: string[] | undefined } {
  let noText = 0;
  const runIds = Array.from(given, (id) => {
    if (typeof id === "string") return id;
    noText++;
    return typeof id === "number" ? String(id) : "";
  });
  if (noText > 0) {
    notes.add(
      trans._n(
        "%2 run has an id that isn't text.",
        "%2 runs have ids that aren't text.",
        noText,
        count(noText),
      ),
    );
  }
  const more = runIds.length - new Set(runIds).size;
  if (more === 0) return { ids: runIds, runIds: undefined };
  const ids = distinct(runIds, (id, n) => `${id} (${n})`);
  notes.add(
    trans._n(
      "%2 row has the id of a run above it.",
      "%2 rows have the ids of runs above them.",
      more,
      count(more),
    ),
  );
  return { ids, runIds };
}

/** The curves of a table; where they are broken, the table shows all the same. */
function parseHistories(of: JsonObject, notes: Notes, trans: TranslationBundle): HistoryData | undefined {
  const given = member(of, "histories");
  if (given === undefined) return undefined;
  const histories = parseHistory(given, trans);
  if (!histories.ok) {
    notes.add(trans.__("Its curves can't be drawn. %1", histories.reason));
    return undefined;
  }
  for (const note of histories.notes) notes.add(trans.__("Of its curves: %1", note));
  return histories.data;
}
