import { expect, it } from "vitest";
import type { GroupResult, Row } from "./measure-group.mjs";
import { plan } from "./plan.mjs";
import { report } from "./report.mjs";
import { spread } from "./stats.mjs";
import { judge } from "./targets.mjs";

function row(id: string, seconds: number[], more: Partial<Row> = {}): Row {
  return {
    id,
    who: `who ${id}`,
    against: [],
    error: null,
    runsOfSeconds: seconds,
    seconds: seconds.length === 0 ? null : spread(seconds),
    firstResultSeconds: null,
    cpuSeconds: spread([0.3]),
    requests: spread([100]),
    peakMB: spread([150, 170]),
    megabytes: 1,
    serverCpuSeconds: spread([0.1]),
    lateMs: spread([0.2]),
    connections: spread([1]),
    mostInFlight: 1,
    readings: null,
    readAgain: null,
    figures: {},
    ...more,
  };
}

const group = (kind: string, rows: Row[], runs = 2000, delayMs = 20): GroupResult => ({
  id: `${kind}/${runs}/${delayMs}`,
  kind,
  runs,
  model: { delayMs },
  rows,
});

const REFERENCE = "reference histories";

it("takes medians", () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spread([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
});

it("judges medians by what was asked for, and says by how much it is missed", () => {
  const targets = judge([
    group("histories-3", [
      row("ours histories-table", [1, 0.5, 9], { against: [REFERENCE] }),
      row("ours stream", [1], { firstResultSeconds: spread([0.031]) }),
      row("floor", [0.5]),
      row(REFERENCE, [54]),
    ]),
    group("growth", [row("ours list", [1])]),
    group("growth", [row("ours list", [12])], 20_000),
    group("slow-200ms", [row("ours histories-table", [1.04]), row("one-a-run", [1])], 200),
  ]);
  const said = targets.map(({ target, measured, reached, missedBy }) => [
    target,
    measured,
    reached,
    missedBy,
  ]);
  expect(said).toEqual([
    ["at least 60 times", "54 times", false, "10 %"],
    ["at most 32 ms", "31 ms", true, ""],
    ["at most 1.4 times", "2 times", false, "43 %"],
    ["at most 160 MB", "170 MB", false, "7 %"],
    ["at most 100", "100", true, ""],
    ["at most 115 %", "120 %", false, "5 %"],
    ["at most 105 %", "104 %", true, ""],
  ]);
});

it("shows failures, losses and misses like anything else", () => {
  const groups = [
    group("histories-3", [
      row("ours histories-table", [], { error: "TypeError: no | such\nthing", against: [REFERENCE] }),
      row("ours histories-rows", [2], { against: [REFERENCE, "reference pool"] }),
      row("reference pool", [1, 1.5]),
      row(REFERENCE, [60]),
    ]),
  ];
  const machine = { processor: "P", cores: 2, memoryGB: 8, system: "linux 6", versions: { Node: "20" } };
  const targets = judge(groups);
  const text = report({ date: "2026-01-01", quick: false, minutes: 1, machine, groups, targets });
  expect(text).toContain("error: TypeError: no \\| such thing");
  expect(text).toContain(`30 × who ${REFERENCE} (asked: 42, **missed**); 0.63 × who reference pool`);
  expect(text).toMatch(/histories-3: who ours histories-table.*no figure \| no figure/);
  expect(text).toContain("**no**, by 29 %");
  expect(text).toContain("1.25 (1.00–1.50)");
});

it("says of frames what was fed, and nothing of a server", () => {
  const frames: GroupResult = {
    ...group("frames-keys", [], 500, 0),
    fed: "sampledHistory",
    rows: [
      row("ours polars", [0.2], { against: ["reference pandas"] }),
      row("ours danfo", [], { error: "Error: none" }),
      row("reference pandas", [1.3]),
    ],
  };
  const large: GroupResult = {
    ...frames,
    runs: 2000,
    rows: [row("ours polars", [1], { peakMB: spread([301]) })],
  };
  const targets = judge([frames, large]);
  expect(targets.map(({ what, target, measured, reached }) => [what, target, measured, reached])).toEqual([
    [
      "frames-keys: who ours polars against who reference pandas (500 runs)",
      "at least 6 times (aim: 8)",
      "6.5 times",
      true,
    ],
    [
      "frames-keys: who ours danfo against who reference pandas (500 runs)",
      "at least 2 times",
      "no figure",
      null,
    ],
    ["frames-keys: peak memory, who ours polars (2,000 runs)", "at most 300 MB", "301 MB", false],
  ]);
  const machine = { processor: "P", cores: 2, memoryGB: 8, system: "linux 6", versions: { Node: "20" } };
  const text = report({
    date: "2026-01-01",
    quick: false,
    minutes: 1,
    machine,
    groups: [frames, large],
    targets,
  });
  expect(text).toContain(
    "| runs | who | seconds (min–max) | times faster | requests | peak MB | MB received | client CPU s |",
  );
  expect(text).toContain("| 500 | who ours danfo | error: Error: none |");
});

it("plans every kind of work, each setting once", () => {
  for (const quick of [false, true]) {
    const groups = plan({ quick });
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
    for (const { contenders } of groups) {
      const ids = contenders.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { against = [] } of contenders) expect(ids).toEqual(expect.arrayContaining([...against]));
    }
  }
});
