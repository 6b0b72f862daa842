import { textOf } from "../bundle/cell-text.ts";
import { counted, numberText } from "../bundle/format.ts";
import { wellFormed } from "../bundle/plain.ts";
import { type RunsColumn, type RunsModel, shownColumns } from "../bundle/runs/model.ts";
import type { CurvesOfRuns } from "../bundle/runs/run-curves.ts";
import { titleOf } from "../bundle/runs/titles.ts";
import { sparkSvg } from "../svg/spark-svg.ts";
import { type Content, type Html, html, trusted } from "./html.ts";
import { runCell } from "./run-cells.ts";
import { BOX, FAINT, FOOT, GROUP_HEAD, HEAD, LEFT, LINK, RIGHT, SMALL, TABLE } from "./style.ts";

/** The most keys of a part; a run may have hundreds. */
const MOST_ROWS = 30;

const PARTS = trusted("display:flex;flex-wrap:wrap;gap:4px 28px;align-items:flex-start");

/** One run as HTML: its fields, its config and its summary side by side. */
export function runHtml(model: RunsModel, curves: CurvesOfRuns): Html {
  const columns = shownColumns(model);
  const fields = columns.filter(({ kind, name }) => kind === "field" && name !== "name" && name !== "id");
  const parts = [part("run", fields, model)];
  for (const kind of ["config", "summary"] as const) {
    const keys = columns.filter((column) => column.kind === kind);
    if (keys.length > 0) parts.push(part(kind, keys, model));
  }
  const history = curvesPart(curves);
  if (history !== undefined) parts.push(history);
  const foot = model.notes.length === 0 ? "" : html`<div style="${FOOT}">${model.notes.join(" ")}</div>`;
  return html`<div style="${BOX}">${head(model, columns)}<div style="${PARTS}">${parts}</div>${foot}</div>`;
}

function head({ ids: [id = ""], entity, project, url }: RunsModel, columns: readonly RunsColumn[]): Html {
  const name = textOf(
    columns.find((column) => column.kind === "field" && column.name === "name")?.values[0] ?? id,
  );
  const title =
    url === undefined
      ? html`<b>${name}</b>`
      : html`<a href="${url}/runs/${encodeURIComponent(wellFormed(id))}" style="${LINK}"><b>${name}</b></a>`;
  const also = name === id ? "" : html` <span style="${SMALL}">${id}</span>`;
  return html`<div style="${HEAD}">${title}${also} <span style="${FAINT}">· ${`${entity}/${project}`}</span></div>`;
}

function part(title: string, columns: readonly RunsColumn[], model: RunsModel): Html {
  const rows = columns
    .slice(0, MOST_ROWS)
    .map((column) =>
      row(
        titleOf(column),
        runCell(column, 0, model),
        typeof column.values[0] === "number" && column.kind !== "field",
      ),
    );
  const rest = columns.length - rows.length;
  return pairs(title, [
    ...rows,
    ...(rest > 0
      ? [row(`${counted(rest, "more key")}`, html`<span style="${FAINT}">run.${title}</span>`, false)]
      : []),
  ]);
}

function curvesPart({ metrics }: CurvesOfRuns): Html | undefined {
  const rows = metrics.flatMap(({ metric, curves: [points], domains }, index) => {
    if (points === undefined) return [];
    const last = numberText(points.y.at(-1) as number);
    return [
      html`<tr><td style="${LEFT}"><span style="${FAINT}">${metric}</span></td><td style="${LEFT}">${sparkSvg(points, domains, index, metric)}</td><td align="right" style="${RIGHT}">${last}</td></tr>`,
    ];
  });
  return rows.length === 0 ? undefined : pairs("history", rows);
}

function pairs(title: string, rows: readonly Html[]): Html {
  return html`<table style="${TABLE}"><thead><tr><th colspan="3" align="left" style="${GROUP_HEAD}">${title}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function row(name: string, value: Content, right: boolean): Html {
  const cell = right
    ? html`<td align="right" style="${RIGHT}">${value}</td>`
    : html`<td style="${LEFT}">${value}</td>`;
  return html`<tr><td style="${LEFT}"><span style="${FAINT}">${name}</span></td>${cell}</tr>`;
}
