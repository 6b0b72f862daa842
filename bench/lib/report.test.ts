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

it("judges how far it scales, and how it grows", () => {
  const long = (kind: string, historyRows: number, rows: Row[], delayMs = 20): GroupResult => ({
    ...group(kind, rows, 1, delayMs),
    historyRows,
  });
  const pages = (seconds: number, peak: number) => [
    row("ours table", [seconds], { peakMB: spread([peak]), against: ["reference scan"] }),
    row("reference scan", [seconds * 6]),
  ];
  const groups = [
    group("scale-list", [row("ours summaries-1000", [2], { requests: spread([12]) })], 10_000),
    long("scale-scan-parquet", 1_000_000, [row("warm polars", [0.3]), row("polars-itself", [0.1])], 0),
    long("scale-scan-pages", 100_000, pages(1, 100)),
    long("scale-scan-pages", 1_000_000, pages(11, 160)),
    group(
      "scale-export",
      [
        row("ours export", [30], { peakMB: spread([510]) }),
        row("ours killed", [60], { figures: { kills: spread([4]) }, readAgain: spread([7]) }),
      ],
      5_000,
    ),
  ];
  const targets = judge(groups);
  expect(targets.map(({ what, measured, reached }) => [what, measured, reached])).toEqual([
    ["scale-list: requests, who ours summaries-1000 (10,000 runs, 20 ms)", "12", false],
    [
      "scale-scan-parquet: times as long as polars itself, who warm polars (1,000,000 rows, 0 ms)",
      "3 times",
      false,
    ],
    ["scale-scan-pages: who ours table against who reference scan (100,000 rows, 20 ms)", "6 times", true],
    ["scale-scan-pages: who ours table against who reference scan (1,000,000 rows, 20 ms)", "6 times", true],
    [
      "scale-scan-pages: peak memory as a share of that at 100,000, who ours table (1,000,000 rows, 20 ms)",
      "160 %",
      false,
    ],
    [
      "scale-scan-pages: time a row as a share of that at 100,000, who ours table (1,000,000 rows, 20 ms)",
      "110 %",
      true,
    ],
    ["scale-export: peak memory, who ours export (5,000 runs, 20 ms)", "510 MB", false],
    ["scale-export: peak memory, who ours killed (5,000 runs, 20 ms)", "170 MB", true],
    [
      "scale-export: the same rows, each once, as made without interruption, who ours killed (5,000 runs, 20 ms)",
      "4 kills, the same dataset",
      false,
    ],
  ]);
  const machine = { processor: "P", cores: 2, memoryGB: 8, system: "linux 6", versions: { Node: "20" } };
  const text = report({ date: "2026-01-01", quick: false, minutes: 1, machine, groups, targets });
  expect(text).toContain("| rows | delay, ms | who | seconds (min–max) | rows a second | times faster |");
  expect(text).toContain(
    "| 1,000,000 | 20 | who ours table | 11.0 | 90,900 | 6.00 × who reference scan (asked: 5) |",
  );
  expect(text).toContain("| kills: 4; read again: 7 |");
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
