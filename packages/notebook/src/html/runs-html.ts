import { counted, listed, momentText, numberText } from "../bundle/format.ts";
import { isNumeric, typeOf } from "../bundle/output-values.ts";
import { type RunsColumn, type RunsModel, shownColumns } from "../bundle/runs/model.ts";
import type { CurvesOfRuns, RunCurves } from "../bundle/runs/run-curves.ts";
import { loadedText, stateCounts, titleOf } from "../bundle/runs/titles.ts";
import { sparkSvg } from "../svg/spark-svg.ts";
import { type Content, type Html, html } from "./html.ts";
import { runCell, stateMark } from "./run-cells.ts";
import { BOX, FAINT, FOOT, HEAD, LINK } from "./style.ts";
import { type HtmlColumn, htmlTable } from "./table.ts";

/** A collection or a table of runs as HTML. */
export function runsHtml(model: RunsModel, { metrics, leftOut }: CurvesOfRuns): Html {
  const shown = shownColumns(model);
  const columns = shown.map((column) => tableColumn(column, model));
  const isNamed = shown.some(({ kind, name }) => kind === "field" && name === "name");
  // Where a table is too wide, its curves are in sight: they are what it was shown with.
  columns.splice(leading(shown), 0, ...metrics.map(curveColumn));
  // The name's cell has the id as well.
  if (!isNamed) columns.unshift({ head: "Run", cells: model.ids.map((id) => html`<b>${id}</b>`) });
  const table = model.ids.length === 0 ? "" : htmlTable(columns);
  return html`<div style="${BOX}">${head(model)}${table}${foot(model, leftOut)}</div>`;
}

/** How many columns are left of the curves: the name, and the state where it comes next. */
function leading(columns: readonly RunsColumn[]): number {
  const other = columns.findIndex(
    ({ kind, name }) => kind !== "field" || (name !== "name" && name !== "state"),
  );
  return other < 0 ? columns.length : other;
}

/** Fields that are written as text though they hold numbers. */
const WORDED = new Set(["createdAt", "heartbeatAt"]);

function tableColumn(column: RunsColumn, model: RunsModel): HtmlColumn {
  const right = isNumeric(typeOf(column.values)) && !(column.kind === "field" && WORDED.has(column.name));
  const isKey = column.kind === "config" || column.kind === "summary";
  return {
    head: titleOf(column),
    cells: model.ids.map((_, row) => runCell(column, row, model)),
    right,
    ...(isKey && { group: column.kind }),
  };
}

function curveColumn({ metric, curves, domains }: RunCurves, index: number): HtmlColumn {
  const cells = curves.map((points): Content => {
    if (points === undefined) return html`<span style="${FAINT}">–</span>`;
    const { x, y } = points;
    const label = `${metric}: ${counted(x.length, "point")}, ${numberText(y[0] as number)} to ${numberText(y.at(-1) as number)}`;
    return sparkSvg(points, domains, index, label);
  });
  return { head: metric, cells, group: "history" };
}

function head(model: RunsModel): Html {
  const { entity, project, url, of } = model;
  const title = entity === null ? (of === "table" ? "Runs" : "") : `${entity}/${project}`;
  const name =
    url === undefined ? html`<b>${title}</b>` : html`<a href="${url}" style="${LINK}"><b>${title}</b></a>`;
  const states = stateCounts(model).map(
    ([state, runs]) => html` <span style="margin-left:12px">${stateMark(state, `${runs} ${state}`)}</span>`,
  );
  return html`<div style="${HEAD}">${name} <span style="${FAINT}">· ${loadedText(model)}</span>${states}</div>`;
}

function foot(model: RunsModel, metricsLeftOut: readonly string[]): Content {
  const hasAges = shownColumns(model).some(({ kind, name }) => kind === "field" && WORDED.has(name));
  const lines = [
    ...model.notes,
    ...(metricsLeftOut.length === 0
      ? []
      : [
          `${counted(metricsLeftOut.length, "more metric")} without a curve here: ${listed(metricsLeftOut)}.`,
        ]),
    ...(hasAges && model.ids.length > 0 ? [`Ages as of ${momentText(model.madeAt)}.`] : []),
  ];
  return lines.length === 0
    ? ""
    : html`<div style="${FOOT}">${lines.map((line, at) => (at === 0 ? line : html`<br>${line}`))}</div>`;
}
