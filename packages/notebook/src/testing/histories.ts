import { HistoryTable } from "@lazyruns/core";

/** Histories of runs `r0`, `r1`, ...: a loss that falls, a metric now and then, the run's learning rate and name. */
export function histories(runs: number, rows: number): HistoryTable {
  const length = runs * rows;
  const all = Array.from({ length }, (_, row) => ({ run: Math.floor(row / rows), step: row % rows }));
  const seldom = new Uint8Array(Math.ceil(length / 8));
  for (const [row, { step }] of all.entries())
    if (step % 10 === 0) seldom[row >> 3] = (seldom[row >> 3] ?? 0) | (1 << (row & 7));
  const column = (name: string, value: (at: { run: number; step: number }) => number) => ({
    name,
    dtype: "float64" as const,
    values: Float64Array.from(all, value),
    validity: null,
  });
  return HistoryTable.fromColumns(
    all.map(({ run }) => `r${run}`),
    [
      {
        name: "_step",
        dtype: "int64",
        values: BigInt64Array.from(all, ({ step }) => BigInt(step)),
        validity: null,
      },
      column(
        "loss",
        ({ run, step }) => 2.3 * Math.exp(-step / (50 + run)) + Math.sin(step * 12.9898 + run) / 50,
      ),
      { ...column("val/loss", ({ run, step }) => 2.5 * Math.exp(-step / (40 + run))), validity: seldom },
      column("config.lr", ({ run }) => [0.1, 0.01][run % 2] as number),
      { name: "name", dtype: "utf8", values: all.map(({ run }) => `run ${run}`), validity: null },
    ],
  );
}
