import { cellText, dateOf, textOf } from "../bundle/cell-text.ts";
import { ageText, counted, durationText, listed } from "../bundle/format.ts";
import { isNumeric, typeOf } from "../bundle/output-values.ts";
import { type RunsColumn, type RunsModel, shownColumns } from "../bundle/runs/model.ts";
import type { CurvesOfRuns } from "../bundle/runs/run-curves.ts";
import { loadedText, stateCounts, titleOf } from "../bundle/runs/titles.ts";
import { printable } from "./printable.ts";
import { sparkText } from "./spark.ts";
import { textTable } from "./text-table.ts";

/** A collection or a table of runs as text. */
export function runsText(model: RunsModel, { metrics }: CurvesOfRuns): string {
  const title = model.entity === null ? "Runs" : `Runs ${model.entity}/${model.project}`;
  const states = stateCounts(model).map(([state, runs]) => `${runs} ${state}`);
  const head = printable(
    [`${title} · ${loadedText(model)}`, ...(states.length > 1 ? [states.join(", ")] : [])].join(" · "),
  );
  if (model.ids.length === 0) return [head, ...model.notes.map(printable)].join("\n");
  const curves = metrics.map(({ metric, curves: points }) => ({
    name: metric,
    cells: points.map((one) => (one === undefined ? "" : sparkText(one.y, 16))),
  }));
  const columns = shownColumns(model).map((column) => ({
    name: titleOf(column),
    cells: model.ids.map((_, row) => runText(column, row, model)),
    right: isRight(column),
  }));
  const id = { name: "Id", cells: model.ids };
  const [first, ...others] = columns;
  // What has no room is left out: not the curves, which were asked for.
  const { lines, leftOut } = textTable([id, ...(first === undefined ? [] : [first]), ...curves, ...others]);
  const notes = [...model.notes];
  if (leftOut.length > 0) notes.push(`${counted(leftOut.length, "more column")}: ${listed(leftOut)}.`);
  return [head, ...lines, ...notes.map(printable)].join("\n");
}

/** One run as text: a line a field and key. */
export function oneRunText(model: RunsModel): string {
  const columns = shownColumns(model);
  const [id = ""] = model.ids;
  const lines = columns
    .filter(({ kind, name }) => !(kind === "field" && (name === "id" || name === "name")))
    .map(
      (column) =>
        [
          column.kind === "field" ? titleOf(column) : `${column.kind}.${column.name}`,
          runText(column, 0, model),
        ] as const,
    );
  const width = Math.min(32, Math.max(0, ...lines.map(([name]) => name.length)));
  const name = columns.find((column) => column.kind === "field" && column.name === "name")?.values[0];
  const head = `Run ${model.entity}/${model.project}/${id}${name === id ? "" : ` "${name}"`}`;
  return [head, ...lines.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`), ...model.notes]
    .map(printable)
    .join("\n");
}

function isRight(column: RunsColumn): boolean {
  return isNumeric(typeOf(column.values));
}

function runText(column: RunsColumn, row: number, model: RunsModel): string {
  const value = column.values[row];
  if (value === null || value === undefined) return "";
  if (column.kind === "field") {
    if (column.name === "runtime") return durationText(Number(value));
    if (column.name === "createdAt" || column.name === "heartbeatAt") {
      return ageText(dateOf(value), model.madeAt);
    }
    if (Array.isArray(value)) return value.map(textOf).join(", ");
  }
  return cellText(value).text;
}
