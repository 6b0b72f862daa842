import { DataFrame } from "danfojs-node";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { tableOf } from "./testing.ts";
import { toDanfo } from "./to-danfo.ts";

/** Every property of a frame, its own and inherited ones. */
const MEMBERS = [...membersOf(new DataFrame([], { columns: [], dtypes: [] }))];
const ODD = [
  "",
  "$",
  "$data",
  "$x",
  "0",
  "1",
  "-1",
  "NaN",
  "null",
  "undefined",
  "a b",
  "a,b",
  "a\nb",
  "a.b",
  "a:b",
];
const NAMES = [...MEMBERS, ...ODD, "val/loss", "ü", "then", "length", "name", "toHTML", "_step"];

function* membersOf(frame: object): Generator<string> {
  for (let at: object = frame; at !== null; at = Object.getPrototypeOf(at))
    yield* Object.getOwnPropertyNames(at);
}

test.each([...new Set(NAMES)])("with a column called %j all of a frame works", async (name) => {
  const warnings: string[] = [];
  const table = tableOf(["x", "y", "x"], { [name]: { dtype: "int64", values: [3n, 1n, 2n] } });
  const frame = await toDanfo(table, { onWarning: ({ message }) => warnings.push(message) });
  const column = frame.columns[1] as string;
  if (column === name) expect(warnings).toEqual([]);
  else {
    expect(column).toBe(`${name}_`);
    expect(warnings).toEqual([
      expect.stringContaining(`${JSON.stringify(name)} is ${JSON.stringify(column)}`),
    ]);
  }
  expect(frame.shape).toEqual([3, 2]);
  expect(frame.column(column).values).toEqual([3, 1, 2]);
  expect(frame[column].values).toEqual([3, 1, 2]);
  expect(printed(() => frame.print())).toContain("3");
  expect(frame.groupby(["run_id"]).col([column]).sum().values).toEqual([
    ["x", 5],
    ["y", 1],
  ]);
  expect(frame.groupby([column]).col(["run_id"]).count().shape).toEqual([3, 2]);
  expect(frame.query(frame.column(column).gt(1)).values).toEqual([
    ["x", 3],
    ["x", 2],
  ]);
  expect(frame.sortValues(column).values).toEqual([
    ["y", 1],
    ["x", 2],
    ["x", 3],
  ]);
  expect(frame.toJSON()).toEqual([3, 1, 2].map((n, row) => ({ run_id: row === 1 ? "y" : "x", [column]: n })));
  expect(frame.describe().columns).toEqual([column]);
});

function printed(print: () => void): string {
  const log = vi.spyOn(console, "log").mockReturnValue();
  print();
  const text = log.mock.calls.flat().join("\n");
  log.mockRestore();
  return text;
}

test("a name that is taken gets as many underscores as it needs, and no other column gives way", async () => {
  const names = ["shape", "shape_", "shape__", "columns", "$data", "$data_"];
  const columns = Object.fromEntries(
    names.map((name, n) => [name, { dtype: "float64", values: [n] } as const]),
  );
  const warnings: string[] = [];
  const frame = await toDanfo(tableOf(["r"], columns), {
    onWarning: ({ message }) => warnings.push(message),
  });
  const shown = Object.fromEntries(
    frame.columns.map((name, place) => [name, (frame.values[0] as unknown[])[place]]),
  );
  expect(shown).toMatchObject({
    run_id: "r",
    shape_: 1,
    shape__: 2,
    shape___: 0,
    columns_: 3,
    $data__: 4,
    $data_: 5,
  });
  expect(frame.columns.length).toBe(7);
  expect(warnings.length).toBe(3);
});

test("whatever the names, every column is there once, and its values are its own", async () => {
  const someNames = fc.uniqueArray(
    fc.oneof(
      fc.constantFrom(...NAMES),
      fc.string({ unit: "binary" }),
      fc.constantFrom("shape_", "shape__", "_"),
    ),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(someNames, async (someNames) => {
      const names = someNames.filter((name) => name !== "run_id");
      const columns = Object.fromEntries(
        names.map((name, n) => [name, { dtype: "float64", values: [n] } as const]),
      );
      const table = tableOf(["r"], columns);
      const frame = await toDanfo(table, { onWarning: () => {} });
      expect(new Set(frame.columns).size).toBe(names.length + 1);
      expect(frame.values).toEqual([["r", ...table.columnNames.slice(1).map((name) => names.indexOf(name))]]);
      for (const [place, name] of frame.columns.entries()) {
        expect(frame.column(name).values).toEqual([(frame.values[0] as unknown[])[place]]);
      }
    }),
  );
});
