import type { HistoryTable } from "@lazyruns/core";
import { chartsOf } from "../curves/charts.ts";
import { metricsOf, tableSource, usualX } from "../curves/source.ts";
import { chartsHtml } from "../html/charts-html.ts";
import { html } from "../html/html.ts";
import { rowsHead, rowsTable } from "../html/rows-html.ts";
import { runHtml } from "../html/run-html.ts";
import { runsHtml } from "../html/runs-html.ts";
import { BOX } from "../html/style.ts";
import type { HistoryOutput } from "../mime.ts";
import { BUNDLE, isPlot } from "../plot/is-plot.ts";
import { chartsText } from "../text/charts-text.ts";
import { rowsText } from "../text/rows-text.ts";
import { oneRunText, runsText } from "../text/runs-text.ts";
import { textOf } from "./cell-text.ts";
import { counted, listed } from "./format.ts";
import { type Frame, frameOf } from "./frames/frame.ts";
import { frameJson } from "./frames/frame-json.ts";
import { historyJson } from "./history/history-json.ts";
import { historyView } from "./history/history-view.ts";
import { runsHistoryJson } from "./history/runs-history-json.ts";
import { isHistoryTable, isRun, isRuns, isRunTable } from "./kinds.ts";
import { MOST_CHARTS, MOST_COLUMNS, MOST_ROWS } from "./limits.ts";
import type { MimeBundle } from "./mime-bundle.ts";
import { HISTORY_MIME, RUNS_MIME } from "./mime-types.ts";
import { type BundleOptions, checkBundleOptions } from "./options.ts";
import type { RunsModel } from "./runs/model.ts";
import { runCurves } from "./runs/run-curves.ts";
import { runModel } from "./runs/run-model.ts";
import { runsJson } from "./runs/runs-json.ts";
import { type PeekedRuns, runsModel } from "./runs/runs-model.ts";
import { tableModel } from "./runs/table-model.ts";

export type { MimeBundle } from "./mime-bundle.ts";
export type { BundleOptions } from "./options.ts";

/**
 * How a value shows itself: our JSON, static HTML and text of a collection of runs, a run, a table of runs, histories, a
 * polars or danfo frame, or a plot. Nothing is asked of a server: a collection shows what was fetched of it.
 *
 * @returns undefined for a value that is none of these
 * @throws InvalidArgumentError for a bad option
 * @example
 * const bundle = bundleOf(runs, { columns: ["state", "config.lr"], maxRows: 20 });
 * bundle?.["text/plain"];
 */
export function bundleOf(value: unknown, options: BundleOptions = {}): MimeBundle | undefined {
  checkBundleOptions(options);
  if (typeof value !== "object" || value === null) return undefined;
  const frame = frameOf(value); // first: a frame's columns may have any names, those of our members too
  if (frame !== undefined) return frameBundle(frame, options);
  if (isPlot(value)) return value[BUNDLE](options);
  if (isRuns(value)) return collectionBundle(value, options);
  if (isRun(value)) return runsBundle(runModel(value, options), options);
  if (isRunTable(value)) return runsBundle(tableModel(value, options), options);
  if (isHistoryTable(value)) return historyBundle(value, options);
  return undefined;
}

/** The bundle of a collection, or of what has its runs as one has them. */
export function collectionBundle(collection: PeekedRuns, options: BundleOptions): MimeBundle {
  return runsBundle(runsModel(collection, options), options);
}

function runsBundle(model: RunsModel, options: BundleOptions): MimeBundle {
  const isOne = model.of === "run";
  const names = model.columns.find(({ kind, name }) => kind === "field" && name === "name")?.values ?? [];
  const known = new Map(model.ids.map((id, row) => [id, textOf(names[row] ?? id)]));
  const histories = model.histories && runsHistoryJson(model.histories, known, options);
  const curves = runCurves(model);
  const { empty } = curves;
  const notes = empty.length === 0 ? [] : [`No history here has numbers for ${listed(empty)}.`];
  const told = { ...model, notes: [...model.notes, ...notes] };
  return {
    [RUNS_MIME]: runsJson(model, histories),
    "text/html": String(isOne ? runHtml(told, curves) : runsHtml(told, curves)),
    "text/plain": isOne ? oneRunText(told) : runsText(told, curves),
  };
}

function historyBundle(table: HistoryTable, options: BundleOptions): MimeBundle {
  const view = historyView(table, { rows: options.maxRows ?? MOST_ROWS, columns: MOST_COLUMNS });
  const source = tableSource(table);
  const x = usualX(source);
  const metrics = metricsOf(source, x);
  const shown = metrics.slice(0, MOST_CHARTS);
  const { maxPoints } = options;
  const charts = chartsOf(source, { x, y: shown, groupBy: undefined, smooth: 0, logY: false, maxPoints });
  const also = ` of ${counted(table.runIds.length, "run")}`;
  const curves =
    shown.length === 0
      ? ""
      : chartsHtml(charts, { size: { width: 300, height: 150 }, metricsLeftOut: metrics.slice(MOST_CHARTS) });
  return {
    [HISTORY_MIME]: historyOutput(table, options),
    "text/html": String(html`<div style="${BOX}">${rowsHead(view, also)}${rowsTable(view)}${curves}</div>`),
    "text/plain": [rowsText(view, also), ...chartsText(charts)].join("\n"),
  };
}

/** The vendor JSON of a table of histories. */
function historyOutput(table: HistoryTable, { maxPoints }: BundleOptions): HistoryOutput {
  const source = tableSource(table);
  const x = usualX(source);
  const metrics = metricsOf(source, x);
  const columns = [...metrics, ...source.columnNames.filter((name) => name !== x && !metrics.includes(name))];
  const dtypeOf = (name: string) => table.column(name).dtype;
  return historyJson(source, { of: "history", x, columns, metrics, maxPoints, dtypeOf });
}

function frameBundle(frame: Frame, { maxRows = MOST_ROWS }: BundleOptions): MimeBundle {
  const view = frame.view({ rows: maxRows, columns: MOST_COLUMNS });
  return {
    [HISTORY_MIME]: frameJson(frame, maxRows, view.numColumns),
    "text/html": String(html`<div style="${BOX}">${rowsHead(view)}${rowsTable(view)}</div>`),
    "text/plain": rowsText(view),
  };
}
