import { describe, expect, test } from "vitest";
import { Runs } from "../runs/runs.ts";
import { faultServer } from "../testing/fault-server.ts";
import { type ModelRun, modelAnswer } from "../testing/model-project.ts";

const RUNS = 30;
const names = Array.from({ length: RUNS }, (_, index) => `r${index}`);

/** A server that gives seven ids a page, from which runs are deleted once the first page is out. */
async function open(deleted: readonly string[]) {
  let runs: ModelRun[] = names.map((id) => ({ id, history: [{ _step: 0, loss: 1 }] }));
  const { service, requests, expectNoSocketLeft } = await faultServer((request, response) => {
    response.end(modelAnswer(request, runs, { mostRuns: 7 }));
    if (request.number === 1) runs = runs.filter(({ id }) => !deleted.includes(id));
    return undefined;
  });
  const warnings: { run?: string; message: string }[] = [];
  const collection = new Runs(service, "team", "digits", { onWarning: (warning) => warnings.push(warning) });
  return { collection, warnings, requests, expectNoSocketLeft };
}

const without = (deleted: readonly string[]) => names.filter((id) => !deleted.includes(id));

describe("a run that is deleted between two pages of ids", () => {
  test.each([
    ["of the page that came", ["r5"], ["r5"]],
    ["the last of the page that came", ["r6"], ["r6"]],
    ["of a page that is to come", ["r20"], []],
    ["of both, and several", ["r2", "r3", "r6", "r7", "r29"], ["r2", "r3", "r6"]],
    ["and the first, whose history has come", ["r0", "r1"], ["r1"]],
  ])("%s: no other is lost or comes twice", async (_, deleted, gone) => {
    const { collection, warnings, expectNoSocketLeft } = await open(deleted);
    const rows = await collection.histories();
    const kept = new Set([...without(deleted), ...(deleted.includes("r0") ? ["r0"] : [])]);
    expect(rows.map(({ run_id }) => run_id)).toEqual(names.filter((id) => kept.has(id)));
    expect(warnings.flatMap(({ run }) => run ?? [])).toEqual(gone);
    expect(warnings.filter(({ run }) => run === undefined)[0]?.message).toMatch(
      new RegExp(`^${deleted.length} runs? of team/digits no longer matched`),
    );
    await expectNoSocketLeft();
  });

  test("is left out of a stream and of a table", async () => {
    const stream = await open(["r5", "r20"]);
    const seen: string[] = [];
    for await (const { run } of stream.collection.historyStream()) seen.push(run.id);
    expect(seen).toEqual(without(["r5", "r20"]));
    const { collection } = await open(["r5", "r20"]);
    const table = await collection.histories({ format: "table", keys: ["loss"] });
    expect(table.runIds).toEqual(without(["r5", "r20"]));
  });

  test("all of them: what came before is the result", async () => {
    const { collection, warnings } = await open(names);
    expect((await collection.histories()).map(({ run_id }) => run_id)).toEqual(["r0"]);
    expect(warnings.flatMap(({ run }) => run ?? [])).toEqual(names.slice(1, 7));
  });
});
