import fc from "fast-check";

const name = fc.oneof(
  fc.constantFrom("loss", "__proto__", "constructor", "", "a.b", "<img src=x onerror=alert(1)>", "run#2"),
  fc.string({ maxLength: 12, unit: "binary" }),
);
const whole = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt().map(String),
  fc.constantFrom("0", "-0", "9007199254740993"),
  fc.constant(null),
);
const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  whole,
  fc.constantFrom("NaN", "Infinity", "-Infinity"),
);
const moment = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom("2026-99-99T99:99:99.999Z", "+002026-01-01T00:00:00.000Z"),
);

const VALUES = {
  int64: whole,
  float64: double,
  bool: fc.option(fc.boolean()),
  utf8: fc.option(fc.string({ unit: "binary", maxLength: 20 })),
  json: fc.jsonValue({ maxDepth: 3 }),
  datetime: fc.option(moment),
  null: fc.constant(null),
};

function column(rows: number) {
  const dtypes = fc.constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[]));
  return dtypes.chain((dtype) =>
    fc.record(
      {
        name,
        dtype: fc.constant(dtype),
        values: fc.array(VALUES[dtype] as fc.Arbitrary<unknown>, { minLength: rows, maxLength: rows }),
        shortened: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: ["name", "dtype", "values"] },
    ),
  );
}

const plot = fc.record({
  y: fc.array(name, { maxLength: 3 }),
  groupBy: fc.option(name),
  smooth: fc.double({ min: 0, max: 0.99, noNaN: true }),
  logY: fc.boolean(),
});

/** Outputs of histories, frames and plots as the schema has them, whose lengths add up. */
export const historyOutput: fc.Arbitrary<unknown> = fc
  .record({ lengths: fc.array(fc.nat(4), { maxLength: 4 }), of: fc.constantFrom("history", "frame", "plot") })
  .chain(({ lengths, of }) => {
    const numRows = lengths.reduce((sum, length) => sum + length, 0);
    return fc.record(
      {
        version: fc.constant(1),
        of: fc.constant(of),
        numRows: fc.constant(numRows),
        totalRows: fc.nat(),
        columnsLeftOut: fc.nat(9),
        runsLeftOut: fc.nat(9),
        rows: fc.constantFrom("all", "sampled", "ends"),
        head: fc.nat(9),
        runs: fc.tuple(
          ...lengths.map((length) =>
            fc.record(
              { id: name, name, group: name, numRows: fc.constant(length), totalRows: fc.nat() },
              { requiredKeys: ["id", "numRows", "totalRows"] },
            ),
          ),
        ),
        x: fc.option(name),
        columns: fc.array(column(numRows), { minLength: 1, maxLength: 4 }),
        plot,
      },
      {
        requiredKeys: [
          "version",
          "of",
          "numRows",
          "totalRows",
          "columnsLeftOut",
          "runsLeftOut",
          "rows",
          "runs",
          "x",
          "columns",
          ...(of === "plot" ? (["plot"] as const) : []),
        ],
      },
    );
  });

const FIELDS = ["name", "state", "createdAt", "runtime", "tags", "group", "user", "sweep", "id"];

/** Outputs of runs as the schema has them, whose lengths add up. */
export const runsOutput: fc.Arbitrary<unknown> = fc
  .array(name, { maxLength: 5 })
  .chain((ids) =>
    fc.record(
      {
        version: fc.constant(1),
        of: fc.constantFrom("runs", "run", "table"),
        entity: fc.option(name),
        project: fc.option(name),
        url: fc.constantFrom("https://wandb.ai/a/b", "http://localhost:8080/a", "http://", "https://%"),
        total: fc.option(fc.nat()),
        loaded: fc.nat(),
        full: fc.nat(),
        madeAt: fc.constantFrom("2026-11-26T03:21:11.937Z", "2026-99-26T03:21:11.937Z"),
        ids: fc.constant(ids),
        columns: fc.array(
          fc.tuple(
            column(ids.length),
            fc.constantFrom("field", "config", "summary", "other"),
            fc.constantFrom(...FIELDS),
            fc.boolean(),
          ),
          { maxLength: 6 },
        ),
        columnsLeftOut: fc.nat(9),
        histories: historyOutput,
      },
      {
        requiredKeys: [
          "version",
          "of",
          "entity",
          "project",
          "total",
          "loaded",
          "full",
          "madeAt",
          "ids",
          "columns",
          "columnsLeftOut",
        ],
      },
    ),
  )
  .map((output) => ({
    ...output,
    columns: output.columns.map(([column, kind, field, shown]) => ({
      ...column,
      ...(kind === "field" && { name: field }),
      kind,
      shown,
    })),
  }));

/** An output in which something, anywhere, is anything. */
export function mutated(output: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.record({ path: fc.array(fc.nat(), { maxLength: 6 }), value: fc.option(fc.jsonValue()) });
  return fc
    .tuple(output, fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([json, changes]) => changes.reduce(changed, structuredClone(json)));
}

/** Puts a value (`null`: takes away what is there) at the end of a path through objects and lists. */
function changed(json: unknown, { path, value }: { path: readonly number[]; value: unknown }): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof json !== "object" || json === null) return value;
  const keys = Object.keys(json);
  const key = keys[step % (keys.length + 1)];
  if (key === undefined) return value;
  const holder = json as Record<string, unknown>;
  if (rest.length === 0 && value === null) delete holder[key];
  else holder[key] = changed(holder[key], { path: rest, value });
  return json;
}
