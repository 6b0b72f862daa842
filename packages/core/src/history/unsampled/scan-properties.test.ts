import fc from "fast-check";
import { expect, it } from "vitest";
import type { ModelRow } from "../../testing/model-project.ts";
import { scanServer } from "../../testing/scan-server.ts";

/** Stretches of steps: how many rows there are, how far apart, and how large the gap before them is. */
const stretches = fc.array(
  fc.record({
    rows: fc.integer({ min: 0, max: 1500 }),
    every: fc.constantFrom(1, 1, 2, 7, 1000),
    gap: fc.constantFrom(0, 0, 1, 999, 60_000, 2 ** 31, 2 ** 40),
    twice: fc.constantFrom(0, 0, 3, 50),
    /** Every so-manieth row has a key that the others lack. */
    sparse: fc.constantFrom(1, 5, 400),
  }),
  { maxLength: 4 },
);

const histories = stretches.map((parts) => {
  const rows: ModelRow[] = [];
  let step = 0;
  for (const { rows: count, every, gap, twice, sparse } of parts) {
    step += gap;
    for (let index = 0; index < count; index++, step += every) {
      const value = rows.length;
      rows.push({ _step: step, value, ...(index % sparse === 0 && { rare: value / 2 }) });
      if (twice > 0 && index % twice === 0) rows.push({ _step: step, value: value + 0.5 });
    }
  }
  return rows;
});

it("gives every row once, in order, whatever the steps are and however few rows the server gives", async () => {
  const serve = await scanServer();
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.option(fc.integer({ min: 300, max: 3000 }), { nil: undefined }),
      fc.constantFrom(1000, 65_536),
      async (history, mostRows, batchRows) => {
        const api = serve([{ id: "abc", history }], mostRows === undefined ? {} : { mostRows });
        const run = await api.run("team/digits/abc");
        const given: object[] = [];
        for await (const rows of run.scanHistory({ format: "default", batchRows })) given.push(...rows);
        expect(given).toEqual(history.map((row) => ({ run_id: "abc", ...row })));
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

it("gives the rows with chosen keys and steps, once and in order", async () => {
  const serve = await scanServer();
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.constantFrom("all" as const, "any" as const),
      fc.option(fc.nat(5000), { nil: undefined }),
      fc.option(fc.integer({ min: 5001, max: 70_000 }), { nil: undefined }),
      async (history, match, minStep, maxStep) => {
        const api = serve([{ id: "abc", history }]);
        const run = await api.run("team/digits/abc");
        const given: object[] = [];
        const keys = match === "all" ? ["rare", "value"] : ["rare", "nowhere"];
        for await (const table of run.scanHistory({ keys, match, minStep, maxStep }))
          given.push(...table.toRows());
        const wanted = history.filter(
          ({ _step, rare }) =>
            rare !== undefined && Number(_step) >= (minStep ?? 0) && Number(_step) < (maxStep ?? Infinity),
        );
        expect(given).toEqual(
          wanted.map(({ _step, value, rare }) =>
            match === "all" ? { run_id: "abc", _step, rare, value } : { run_id: "abc", _step, rare },
          ),
        );
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
