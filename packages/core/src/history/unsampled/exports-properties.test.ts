import fc from "fast-check";
import { expect, it } from "vitest";
import { modelExports } from "../../testing/model-exports.ts";
import { scanServer } from "../../testing/scan-server.ts";

/** Of one step, rows may come in another order. */
function inOneOrder(rows: readonly object[]): string[] {
  const keyOf = (row: object) => String((row as { _step: number })._step).padStart(12, "0");
  return rows.map((row) => `${keyOf(row)} ${JSON.stringify(row)}`).sort();
}

it("gives exported and live rows once and in order, whether or not pages repeat the exported ones", async () => {
  const serve = await scanServer();
  let files: (readonly Record<string, number>[])[] = [];
  modelExports((url) => files[Number(url.at(-1))] ?? []);
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          gap: fc.constantFrom(1, 1, 1, 0, 5, 700),
          loss: fc.double({ min: 0, max: 0.5, noNaN: true }),
        }),
        { maxLength: 3000, size: "max" },
      ),
      fc.nat(3000),
      fc.nat(3),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(700, 65_536),
      async (logged, boundary, late, repeats, hasKeys, batchRows) => {
        let step = 0;
        const history = logged.map(({ gap, loss }, index) => {
          step += gap;
          return { _step: step, loss: index + loss };
        });
        // Some rows behind the boundary are in files, too: of a run that was resumed at an earlier step, say.
        const exported = history.filter((_, index) => index < boundary || index % 500 < late);
        const half = exported.length >> 1;
        files = [exported.slice(0, half), exported.slice(half)];
        const urls = exported.length === 0 ? [] : ["https://files/1", "https://files/0"];
        const api = serve([{ id: "abc", history, exported, urls }], { repeats });
        const run = await api.run("team/digits/abc");
        const given: object[] = [];
        for await (const table of run.scanHistory({ batchRows, ...(hasKeys && { keys: ["loss"] }) })) {
          given.push(...table.toRows());
        }
        const steps = given.map((row) => (row as { _step: number })._step);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect(inOneOrder(given)).toEqual(inOneOrder(history.map((row) => ({ run_id: "abc", ...row }))));
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
