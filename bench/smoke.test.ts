import { describe, expect, it } from "vitest";
import type { Contender } from "./lib/contenders.mjs";
import { measureGroup } from "./lib/measure-group.mjs";
import { KINDS, plan } from "./lib/plan.mjs";
import { PYTHON, startServer } from "./lib/processes.mjs";

const RUNS = 60; // more than a page
const HISTORY_ROWS = 2_600; // more than two pages of steps, and no whole number of them

/** The slow servers' contenders are those of the histories; how they do there isn't judged here. */
const KINDS_HERE = Object.keys(KINDS).filter((kind) => !kind.startsWith("slow-") || kind === "slow-200ms");

/** A kind of work as the benchmark does it, once, on a small project and a fast server. */
function small(kind: string) {
  const found = plan().find((group) => group.kind === kind);
  if (found === undefined) throw new Error(`The plan has no ${kind}.`);
  const contenders = found.contenders
    .filter(({ client }) => kind !== "slow-200ms" || client === "raw")
    .filter(({ work }) => !/^(list|table)-1000$/.test(work)) // the same with larger pages
    .flatMap((contender): Contender[] =>
      contender.id === "ours stream"
        ? [
            contender,
            { ...contender, id: "ours stream-kept", work: "stream-kept", unit: "runs", reads: "rows" },
          ]
        : [contender],
    );
  const isLong = found.historyRows !== undefined;
  return {
    ...found,
    runs: isLong ? 1 : RUNS,
    ...(isLong && {
      historyRows: HISTORY_ROWS,
      project: found.project?.replace(/\d+$/, String(HISTORY_ROWS)) ?? "",
    }),
    model: { delayMs: 1, historyMs: 0.1 },
    contenders: contenders.map((contender) => ({ ...contender, repeats: 1 })),
  };
}

describe.concurrent("every client reads all there is, and the same values", () => {
  it.each(KINDS_HERE)("%s", async (kind) => {
    const server = await startServer();
    try {
      const { rows } = await measureGroup(small(kind), { url: server.url, python: PYTHON, warm: false });
      for (const row of rows) {
        expect(row, row.id).toMatchObject({ error: null, seconds: { median: expect.any(Number) } });
      }
      for (const { id, requests, megabytes, peakMB } of rows) {
        const asks = id !== "polars-itself";
        expect(requests?.median, id)[asks ? "toBeGreaterThan" : "toBe"](0);
        expect(megabytes, id)[asks ? "toBeGreaterThan" : "toBe"](0);
        if (process.platform === "linux") expect(peakMB?.max, id).toBeGreaterThan(10);
      }
    } finally {
      await server.stop();
    }
  });
});

it("a client that reads something else gets no figure", async () => {
  const server = await startServer();
  try {
    const group = small("slow-200ms");
    const [honest] = group.contenders;
    if (honest === undefined) throw new Error("no contender");
    const other = { ...honest, id: "other", keys: ["train/loss"] };
    const few = { ...honest, id: "few", unit: "runs" as const };
    const { rows } = await measureGroup(
      { ...group, contenders: [other, few, honest] },
      { url: server.url, python: PYTHON, warm: false },
    );
    expect(rows.map(({ error }) => error)).toEqual([
      `read other values than "${honest.who}" did`,
      `read ${RUNS * 500} runs of ${RUNS}`,
      null,
    ]);
  } finally {
    await server.stop();
  }
});
