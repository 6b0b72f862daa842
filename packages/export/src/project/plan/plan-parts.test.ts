import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredColumn } from "../dataset/schema.ts";
import { RUN_ID } from "../dataset/schema.ts";
import type { RunRows, Slice, StoredFile } from "../dataset/stored-file.ts";
import { type PlacedRun, type PlannedPart, planParts } from "./plan-parts.ts";

const COLUMNS: readonly StoredColumn[] = [RUN_ID, { name: "loss", source: "loss", dtype: "float64" }];
const OTHERS: readonly StoredColumn[] = [RUN_ID];

function fileOf(path: string, runs: readonly RunRows[], columns = COLUMNS): StoredFile {
  const rows = runs.reduce((sum, { rows }) => sum + rows, 0);
  return { path, rows, bytes: 1, sha256: "", columns, runs, inexact: [] };
}

/** Where the runs of files are. */
function placed(...files: readonly StoredFile[]): PlacedRun[] {
  const slices = new Map<string, Slice[]>();
  for (const file of files) {
    let start = 0;
    for (const { id, rows } of file.runs) {
      slices.set(id, [...(slices.get(id) ?? []), { file, start, rows }]);
      start += rows;
    }
  }
  return [...slices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, slices]) => ({ id, slices }));
}

/** Each part as the runs and rows in it; of one that is kept, its path. */
function shape(parts: readonly PlannedPart[]) {
  return parts.map((part) =>
    "keep" in part ? part.keep.path : part.runs.map(({ id, slices }) => `${id}:${rowsOf(slices)}`).join(" "),
  );
}

function rowsOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, { rows }) => sum + rows, 0);
}

describe("the parts of a table", () => {
  const large = fileOf("large", [
    { id: "a", rows: 60 },
    { id: "b", rows: 50 },
  ]);
  const small = fileOf("small", [{ id: "c", rows: 10 }]);
  const other = fileOf("other", [{ id: "d", rows: 20 }]);

  test("files stay that hold whole runs in order", () => {
    expect(shape(planParts(placed(large, small), COLUMNS, 100))).toEqual(["large", "small"]);
  });

  test("small ones side by side are put together", () => {
    expect(shape(planParts(placed(large, small, other), COLUMNS, 100))).toEqual(["large", "c:10 d:20"]);
  });

  test("parts end by what their rows weigh, too", () => {
    const rowOf = (id: string, rows: number) => ({ id, rows });
    const heavy = {
      ...fileOf("heavy", [rowOf("a", 10), rowOf("b", 10), rowOf("c", 50)], OTHERS),
      bytes: 70_300,
    };
    const light = fileOf("light", [rowOf("d", 10), rowOf("e", 10), rowOf("f", 10)], OTHERS);
    const parts = planParts(placed(heavy, light), COLUMNS, 100, 20_000);
    expect(shape(parts)).toEqual(["a:10 b:10", "c:20", "c:20", "c:10 d:10 e:10 f:10"]);
    expect(shape(planParts(placed({ ...large, bytes: 30_000 }, small), COLUMNS, 1000, 20_000))[0]).toBe(
      "large",
    );
  });

  test("a file with other columns is written anew", () => {
    const lacking = fileOf(
      "lacking",
      [
        { id: "a", rows: 60 },
        { id: "b", rows: 50 },
      ],
      OTHERS,
    );
    expect(shape(planParts(placed(lacking, small), COLUMNS, 100))).toEqual(["a:60 b:50", "c:10"]);
  });

  test("a run that was fetched anew costs its file and no other", () => {
    const before = fileOf("before", [{ id: "a", rows: 90 }]);
    const after = fileOf("after", [{ id: "x", rows: 80 }]);
    const stale = fileOf("stale", [
      { id: "b", rows: 50 },
      { id: "c", rows: 40 },
    ]);
    const fresh = fileOf("fresh", [{ id: "b", rows: 45 }]);
    const runs = placed(before, stale, after).map((run) =>
      run.id === "b" ? (placed(fresh)[0] as PlacedRun) : run,
    );
    expect(shape(planParts(runs, COLUMNS, 100))).toEqual(["before", "b:45 c:40", "after"]);
  });

  test("runs that lie in files in another order are put in order", () => {
    const one = fileOf("one", [
      { id: "b", rows: 60 },
      { id: "d", rows: 60 },
    ]);
    const two = fileOf("two", [
      { id: "c", rows: 60 },
      { id: "a", rows: 60 },
    ]);
    expect(shape(planParts(placed(one, two), COLUMNS, 100))).toEqual(["a:60 b:60", "c:60 d:60"]);
  });

  test("a run that is longer than two parts has several of its own; files that hold pieces of it stay", () => {
    const first = fileOf("first", [{ id: "long", rows: 100 }]);
    const second = fileOf("second", [{ id: "long", rows: 130 }]);
    expect(shape(planParts(placed(first, second), COLUMNS, 100))).toEqual(["first", "second"]);
    expect(shape(planParts(placed(first, second), OTHERS, 100))).toEqual(["long:100", "long:100", "long:30"]);
  });

  test("runs without rows are in none", () => {
    expect(planParts([{ id: "a", slices: [] }], COLUMNS, 100)).toEqual([]);
  });

  test("whatever lies where, every row is in one part, the runs in order", () => {
    const files = fc.array(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 40 })), { maxLength: 6 }),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(files, fc.boolean(), fc.integer({ min: 1, max: 60 }), (given, conform, partRows) => {
        const seen = new Set<number>();
        const all = given.map((runs, index) => {
          const fresh = runs.filter(([id]) => !seen.has(id) && seen.add(id));
          const rows = fresh.map(([id, rows]) => ({ id: String(id).padStart(3, "0"), rows }));
          return fileOf(String(index), rows, conform || index % 2 === 0 ? COLUMNS : OTHERS);
        });
        const runs = placed(...all);
        const parts = planParts(runs, COLUMNS, partRows);
        const found = parts.flatMap((part) =>
          "keep" in part ? part.keep.runs : part.runs.map(({ id, slices }) => ({ id, rows: rowsOf(slices) })),
        );
        const joined: { id: string; rows: number }[] = [];
        for (const { id, rows } of found) {
          const last = joined.at(-1);
          if (last?.id === id) last.rows += rows;
          else joined.push({ id, rows });
        }
        expect(joined).toEqual(runs.map(({ id, slices }) => ({ id, rows: rowsOf(slices) })));
        for (const part of parts) if ("keep" in part) expect(part.keep.columns).toBe(COLUMNS);
      }),
    );
  });
});
