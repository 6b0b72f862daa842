import type { TranslationBundle } from "@jupyterlab/translation";
import { distinct } from "./distinct.ts";
import type { HistoryData, HistoryRun } from "./history-data.ts";
import type { Cell, DataColumn } from "./runs-data.ts";

/**
 * The columns of histories as a table of rows: before those that they have, whose the rows are, as far as that is known,
 * and with only the first and the last rows which rows they are.
 */
export function rowsColumns(data: HistoryData, trans: TranslationBundle): DataColumn[] {
  const { runs, columns, numRows, totalRows, head } = data;
  const made: DataColumn[] = [];
  if (runs.some(({ name }) => name !== ""))
    made.push(text("run:", trans.__("run"), runs, ({ name }) => name));
  if (runs.some(({ group }) => group !== undefined)) {
    made.push(text("group:", data.plot?.groupBy ?? trans.__("group"), runs, ({ group }) => group ?? null));
  }
  if (data.rows === "ends") {
    const values = Array.from({ length: numRows }, (_, row) =>
      row < head ? row : totalRows - numRows + row,
    );
    made.push({ key: "row:", name: trans.__("row"), dtype: "int64", values, shortened: 0 });
  }
  const all = [...columns, ...made];
  const keys = distinct(
    all.map(({ key }) => key),
    (key, n) => `${key}#${n}`,
  );
  const own = made.map((column, at) => ({ ...column, key: keys[columns.length + at] as string }));
  return [...own, ...columns];
}

function text(
  key: string,
  name: string,
  runs: readonly HistoryRun[],
  textOf: (run: HistoryRun) => string | null,
): DataColumn {
  const values = runs.flatMap((run): Cell[] => new Array(run.end - run.start).fill(textOf(run)));
  return { key, name, dtype: "utf8", values, shortened: 0 };
}
