/// <reference lib="dom" />
import { nullTranslator } from "@jupyterlab/translation";
import { createRunColors } from "../../packages/jupyterlab-ext/src/colors/run-colors.ts";
import type {
  Cell,
  DataColumn,
  RunsColumn,
  RunsData,
} from "../../packages/jupyterlab-ext/src/data/runs-data.ts";
import {
  DEFAULT_SETTINGS,
  type ViewSettings,
} from "../../packages/jupyterlab-ext/src/settings/view-settings.ts";
import { RowsTable } from "../../packages/jupyterlab-ext/src/table/rows-table.ts";
import { RunsTable } from "../../packages/jupyterlab-ext/src/table/runs-table.ts";
import { mount } from "./harness/mount.ts";

const STATES = [
  "finished",
  "running",
  "finished",
  "failed",
  "finished",
  "crashed",
  "killed",
  "pending",
  "finished",
];
const HOUR = 3_600_000;
let runs: RunsTable | undefined;
let numChanges = 0;

function context(settings: Partial<ViewSettings> = {}) {
  return {
    trans: nullTranslator.load("lazyruns"),
    colors: createRunColors(),
    settings: { ...DEFAULT_SETTINGS, ...settings },
  };
}

type Made = Omit<RunsColumn, "key" | "shortened">;

/** Columns without what can be told from the rest. */
function columns(made: readonly Made[]): RunsColumn[] {
  return made.map((column) => ({ ...column, key: `${column.kind}:${column.name}`, shortened: 0 }));
}

function each(count: number, value: (row: number) => Cell): Cell[] {
  return Array.from({ length: count }, (_, row) => value(row));
}

/** Runs as a project has them, always the same. */
function makeRuns(count: number, numMetrics = 4): RunsData {
  const at = (row: number) => Date.UTC(2026, 10, 24, 16, 19) - row * 1.7 * HOUR;
  const made: Made[] = [
    {
      kind: "field",
      name: "name",
      dtype: "utf8",
      isShown: true,
      values: each(
        count,
        (row) => `${["mlp", "rff", "logreg"][row % 3]}-adam-lr${[0.1, 0.03, 0.01][row % 3]}-run-${row}`,
      ),
    },
    {
      kind: "field",
      name: "state",
      dtype: "utf8",
      isShown: true,
      values: each(count, (row) => STATES[row % STATES.length] as string),
    },
    { kind: "field", name: "createdAt", dtype: "datetime", isShown: true, values: each(count, at) },
    {
      kind: "field",
      name: "runtime",
      dtype: "float64",
      isShown: true,
      values: each(count, (row) => (row * 7919) % 9000),
    },
    {
      kind: "field",
      name: "tags",
      dtype: "json",
      isShown: true,
      values: each(count, (row) =>
        row % 4 === 3 ? null : ["baseline", "sweep", "best"].slice(0, 1 + (row % 3)),
      ),
    },
    {
      kind: "field",
      name: "group",
      dtype: "utf8",
      isShown: true,
      values: each(count, (row) => (row % 5 === 0 ? null : `group-${row % 5}`)),
    },
    {
      kind: "config",
      name: "lr",
      dtype: "float64",
      isShown: true,
      values: each(count, (row) => [0.1, 0.03, 0.01, 3e-5][row % 4] as number),
    },
    { kind: "config", name: "model", dtype: "utf8", isShown: true, values: each(count, () => "mlp") },
    {
      kind: "config",
      name: "loss",
      dtype: "utf8",
      isShown: true,
      values: each(count, (row) => (row % 2 ? "hinge" : "softmax")),
    },
    {
      kind: "summary",
      name: "loss",
      dtype: "float64",
      isShown: true,
      values: each(count, (row) =>
        row % 11 === 5 ? Number.NaN : row % 13 === 7 ? null : 1.8882075233419866 / (1 + ((row * 31) % 97)),
      ),
    },
    ...Array.from(
      { length: numMetrics },
      (_, index): Made => ({
        kind: "summary",
        name: `val/metric-${index}`,
        dtype: "float64",
        isShown: index < 4,
        values: each(count, (row) => ((row * 7919 + index * 104_729) % 10_007) / 107 + index),
      }),
    ),
  ];
  return {
    of: "runs",
    entity: "team",
    project: "digits",
    url: "https://wandb.example/team/digits",
    total: count,
    loaded: count,
    full: count,
    madeAt: Date.UTC(2026, 10, 25),
    ids: Array.from({ length: count }, (_, row) => `id${row}`),
    columns: columns(made),
    columnsLeftOut: 0,
    histories: undefined,
  };
}

/** Shows a table of so many runs. */
export function showRuns(count: number, settings: Partial<ViewSettings> = {}, numMetrics = 4): void {
  show(makeRuns(count, numMetrics), settings);
}

function show(data: RunsData, settings: Partial<ViewSettings> = {}): RunsTable {
  runs?.dispose();
  const table = new RunsTable(context(settings));
  numChanges = 0;
  table.changed.connect(() => numChanges++);
  table.setData(data);
  mount(table);
  runs = table;
  return table;
}

/** Shows what is hard to show. */
export function showHostile(): void {
  const names = [
    "<img src=x onerror=alert(1)>",
    "a\nname\r\nof lines\tand tabs",
    "\u202eturned\u202c \u200fמבחן",
    "x".repeat(10_000),
    "",
    "__proto__",
    "=HYPERLINK(1)",
  ];
  const data = makeRuns(names.length, 0);
  const hostile = columns([
    { kind: "field", name: "name", dtype: "utf8", isShown: true, values: names },
    { kind: "config", name: "__proto__", dtype: "utf8", isShown: true, values: names },
    {
      kind: "summary",
      name: "__proto__",
      dtype: "int64",
      isShown: true,
      values: [1n << 60n, 2, null, -5, 0, 2 ** 53, (1n << 60n) + 1n],
    },
    { kind: "config", name: "nothing", dtype: "null", isShown: true, values: names.map(() => null) },
    {
      kind: "config",
      name: "deep",
      dtype: "json",
      isShown: true,
      values: [{ a: 1n }, [1, [2]], "text", 5, true, null, { b: Number.NaN }],
    },
  ]);
  show({ ...data, columns: hostile });
}

/** Shows rows of a history. */
export function showRows(count: number): void {
  const column = (name: string, dtype: DataColumn["dtype"], values: readonly Cell[]): DataColumn => ({
    key: name,
    name,
    dtype,
    values,
    shortened: 0,
  });
  const table = new RowsTable(context());
  table.setData(
    [
      column(
        "_step",
        "int64",
        each(count, (row) => row),
      ),
      column(
        "loss",
        "float64",
        each(count, (row) => Math.exp(-row / 50)),
      ),
      column(
        "phase",
        "utf8",
        each(count, (row) => (row % 2 ? "train" : "eval")),
      ),
    ],
    count,
  );
  mount(table);
}

/** What the table tells others. */
export function told() {
  return { selection: runs?.selection ?? [], shown: runs?.shown ?? [], numChanges };
}

/** Gives the table the same runs anew, or others. */
export function setRuns(
  count: number,
  more: { readonly extraColumn?: boolean; readonly newerRuns?: number } = {},
): void {
  const data = makeRuns(count + (more.newerRuns ?? 0));
  const moved = more.newerRuns ?? 0;
  // Runs that are newer come first.
  const order = [...data.ids.keys()].map((row) => (row + count) % (count + moved));
  const pick = <T>(values: readonly T[]) => (moved === 0 ? values : order.map((row) => values[row] as T));
  const extra: RunsColumn[] =
    more.extraColumn === true
      ? columns([
          {
            kind: "summary",
            name: "extra",
            dtype: "int64",
            isShown: true,
            values: each(count + moved, (row) => row),
          },
        ])
      : [];
  runs?.setData({
    ...data,
    ids: pick(data.ids),
    columns: [...data.columns.map((column) => ({ ...column, values: pick(column.values) })), ...extra],
  });
}

/** Shows runs without what is said. */
export function showEmpty(what: "runs" | "columns" | "values"): void {
  const data = makeRuns(what === "runs" ? 0 : 5, 0);
  const nothing = columns([
    { kind: "config", name: "nothing", dtype: "null", isShown: true, values: each(5, () => null) },
  ]);
  show({ ...data, columns: what === "columns" ? [] : what === "values" ? nothing : data.columns });
}

export function setSettings(settings: Partial<ViewSettings>): void {
  runs?.setSettings({ ...DEFAULT_SETTINGS, ...settings });
}

/** Takes the table off the page, and puts it there again. */
export function reattach(): void {
  const { parent } = runs as RunsTable;
  (runs as RunsTable).parent = null;
  if (parent !== null) mount(runs as RunsTable);
}

/** How long sorting takes until it is drawn, in milliseconds: first by a text, then by a number, then anew. */
export function timeSorts(columns: readonly string[]): number[] {
  const table = runs as RunsTable;
  const head = [...table.node.querySelectorAll<HTMLElement>("[role=columnheader]")];
  return columns.map((name) => {
    const cell = head.find((node) => node.textContent === name);
    const start = performance.now();
    cell?.click();
    return performance.now() - start;
  });
}

export function dispose(): void {
  runs?.dispose();
  runs = undefined;
}
