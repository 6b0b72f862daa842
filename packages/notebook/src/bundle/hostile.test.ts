import { HistoryTable, RunTable, type TableValue } from "@lazyruns/core";
import { toDanfo, toPolars } from "@lazyruns/dataframes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { plot } from "../plot/plot.ts";
import { parsedHtml } from "../testing/parsed-html.ts";
import { runsServer } from "../testing/runs-server.ts";
import { expectValidJson } from "../testing/schemas.ts";
import { bundleOf, type MimeBundle } from "./bundle.ts";

/** danfo takes seconds to load on a busy machine. */
const LOADS_DANFO = 60_000;

const NAMES = [
  "<script>alert(1)</script>",
  '" onmouseover="x',
  "'><svg onload=alert(1)>",
  "</td></table><img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "a\nb\u0000c\r",
  "half \ud800 pair",
  "a,b\"c'd`e\\",
  "__proto__",
  "']; alert(1); ['",
];

/** A name as HTML can have it. */
const kept = (name: string) => name.replace(/(?![\t\n])[\p{Cc}\p{Surrogate}]/gu, "\uFFFD");

function expectSafe(bundle: MimeBundle | undefined): ReturnType<typeof parsedHtml> {
  if (bundle === undefined) throw new Error("nothing is shown");
  expectValidJson(bundle);
  // No colours, no jumps, no turned text: what a terminal would obey is written out.
  expect(bundle["text/plain"]).not.toMatch(/(?!\n)[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u);
  return parsedHtml(bundle["text/html"] ?? "");
}

test("runs whose every text is hostile are shown as text", async () => {
  const values = Object.fromEntries(NAMES.map((name) => [name, { value: name }]));
  const summary = JSON.stringify(Object.fromEntries(NAMES.map((name, at) => [name, at % 2 ? name : at])));
  const api = await runsServer(
    NAMES.map((name, at) => ({
      id: `${at}${name}`,
      name,
      state: name,
      tags: NAMES,
      group: name,
      user: name,
      config: JSON.stringify({ ...values, own: { value: name } }),
      summary,
    })),
  );
  const runs = api.runs("team/<b>digits", { lazy: false });
  const [first] = await runs.slice(0, NAMES.length);
  const { cells, text } = expectSafe(bundleOf(runs));
  for (const [at, name] of NAMES.entries()) {
    expect(cells).toContain(`${kept(name)} ${kept(`${at}${name}`)}`); // the name, and the id behind it
    expect(cells).toContain(`● ${kept(name)}`);
  }
  expect(text).toContain("team/<b>digits");
  expectSafe(bundleOf(first));
  expectSafe(bundleOf(runs, { columns: [...NAMES, "tags"] }));
});

test("histories, tables, frames and plots with hostile names are shown as text", {
  timeout: LOADS_DANFO,
}, async () => {
  const ids = NAMES.flatMap((name) => [name, name]);
  const column = (name: string) => ({
    name,
    dtype: "float64" as const,
    values: Float64Array.from(ids, (_, row) => row),
    validity: null,
  });
  const table = HistoryTable.fromColumns(ids, [
    ...NAMES.map(column),
    column("_step"),
    { name: "name", dtype: "utf8", values: ids, validity: null },
  ]);
  const { cells } = expectSafe(bundleOf(table, { maxRows: 50 }));
  for (const name of NAMES) expect(cells.map((cell) => cell.slice(0, 40))).toContain(kept(name).slice(0, 40));
  for (const frame of [await toPolars(table), await toDanfo(table)]) {
    expectSafe(bundleOf(frame, { maxRows: 50 }));
    expectSafe(bundleOf(plot(frame, { groupBy: "name" })));
  }
  const { text } = expectSafe(bundleOf(plot(table, { groupBy: "name", smooth: 0.5 })));
  for (const name of NAMES) expect(text).toContain(kept(name));
  const runs = new RunTable(
    new Map<string, readonly TableValue[]>([
      ["run_id", NAMES],
      ...NAMES.map((name) => [`config.${name}`, NAMES] as const),
    ]),
    NAMES.length,
  );
  expectSafe(bundleOf(runs, { histories: table }));
});

/** Columns that are shown in their own way, whatever is in them. */
const fields = fc.constantFrom(
  "name",
  "state",
  "tags",
  "user",
  "createdAt",
  "heartbeatAt",
  "runtime",
  "config.lr",
);

const odd = fc.oneof(
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, 5e-324, new Date(Number.NaN)),
  fc.date({ noInvalidDate: false }),
  fc.boolean(),
  fc.string({ unit: "binary" }),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withTypedArray: true,
    withMap: true,
    withSet: true,
  }),
);

test("values of any kind give JSON that is valid by the schema, and HTML that is ours alone", () => {
  const columns = fc.uniqueArray(
    fc.tuple(fc.oneof(fields, fc.string({ unit: "binary" })), fc.array(odd, { minLength: 3, maxLength: 3 })),
    {
      selector: ([name]) => name,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(columns, (made) => {
      const known = made.filter(([name]) => name !== "run_id") as [string, TableValue[]][];
      const table = new RunTable(new Map<string, TableValue[]>([["run_id", ["a", "b", "c"]], ...known]), 3);
      expectSafe(bundleOf(table));
    }),
    { numRuns: 150 },
  );
});
