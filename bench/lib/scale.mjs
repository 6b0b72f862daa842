// How far it scales: long listings, one long history, whole projects. What is measured, and by whom.

import { KEYS } from "./work.mjs";

/**
 * @import { Contender, Repeats } from "./contenders.mjs"
 * @import { Group } from "./plan.mjs"
 */

export const SCALE_KINDS = {
  "scale-list": "Scale: listing with 3 summary keys, 1000 a page",
  "scale-scan-parquet": "Scale: one run's rows from the server's Parquet file, 12 columns",
  "scale-scan-pages": "Scale: one run's rows by pages, 12 columns",
  "scale-export": "Scale: a project's export, 500 rows a run",
};

/** @typedef {keyof typeof SCALE_KINDS} ScaleKind */

const DELAY_MS = 20;

/** The longest history that the reference scans by pages for 3 keys too: of more it takes minutes and says the same. */
const KEYS_COMPARED_UP_TO = 100_000;
/** The largest project that the reference exports, for the same reason. */
const REFERENCE_RUNS = 200;

/**
 * @param {{ quick?: boolean }} options
 * @returns {Group[]}
 */
export function scalePlan({ quick = false }) {
  const repeats = quick ? { ours: 1, reference: 1 } : { ours: 3, reference: 1 };
  const group = (
    /** @type {ScaleKind} */ kind,
    /** @type {number} */ size,
    /** @type {Partial<Group>} */ more,
    delayMs = DELAY_MS,
  ) => ({
    ...{ id: `${kind}/${size}/${delayMs}`, kind, runs: size, model: { delayMs }, contenders: [] },
    ...more,
  });
  const run = { runs: 1 };
  const exported = (/** @type {number} */ rows) => ({
    ...run,
    historyRows: rows,
    project: `exported-${rows}`,
  });
  const longest = quick ? 100_000 : 1_000_000;
  return [
    ...(quick ? [2_000] : [2_000, 10_000, 20_000]).map((runs) =>
      group("scale-list", runs, { contenders: listing(repeats) }),
    ),
    group("scale-scan-parquet", longest, { ...exported(longest), contenders: againstPolars(quick) }, 0),
    ...(quick ? [100_000] : [100_000, 1_000_000]).map((rows) =>
      group("scale-scan-parquet", rows, { ...exported(rows), contenders: fromParquet(repeats) }),
    ),
    ...(quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]).map((rows) =>
      group("scale-scan-pages", rows, {
        ...{ ...run, historyRows: rows, project: `long-${rows}` },
        contenders: byPages(repeats, rows),
      }),
    ),
    ...(quick ? [200] : [200, 1_000, 2_000, 5_000]).map((runs) =>
      group("scale-export", runs, { contenders: exporting(repeats, runs) }),
    ),
  ];
}

/** @param {Repeats} repeats @returns {Contender[]} */
function listing({ ours: repeats }) {
  const ours = { client: /** @type {const} */ ("ours"), unit: /** @type {const} */ ("runs"), repeats };
  const table = { ...ours, reads: "summaries", against: ["reference summaries-1000"] };
  return [
    { ...table, id: "ours summaries-1000", work: "summaries-1000", who: "Lazyruns, `runs.table`" },
    {
      ...table,
      ...{ id: "ours summaries-columns-1000", work: "summaries-columns-1000" },
      who: "Lazyruns, `runs.table`, to a table",
    },
    {
      ...ours,
      ...{ id: "ours pages-1000", work: "pages-1000" },
      who: "Lazyruns, `pages({ keep: false })`, light fields",
    },
    {
      ...{ id: "reference summaries-1000", client: "reference", work: "summaries-1000", unit: "runs" },
      ...{ repeats: 1, reads: "summaries", hasOwnPieces: true },
      who: "Python, `lazy=False`",
    },
  ];
}

/** Those that are quick enough for a network to be most of it: measured without one. @param {boolean} quick */
function againstPolars(quick) {
  const repeats = quick ? 3 : 7;
  return fromParquet({ ours: repeats, reference: repeats }).filter(({ id }) => /^(warm|polars)/.test(id));
}

/** @param {Repeats} repeats @returns {Contender[]} */
function fromParquet({ ours: repeats, reference }) {
  const common = {
    client: /** @type {const} */ ("scans"),
    unit: /** @type {const} */ ("rows"),
    repeats,
    makesNoPieces: true,
  };
  const toPolars = { ...common, work: "scan-polars", reads: "rows" };
  const [itself, python] = ["polars-itself", "reference scan"];
  return [
    {
      ...toPolars,
      ...{ id: "warm polars", warm: true, against: [itself] },
      who: "Lazyruns, to polars, from the warm cache",
    },
    { ...toPolars, id: "cold polars", who: "Lazyruns, to polars, first time", against: [itself, python] },
    {
      ...common,
      ...{ id: "warm table", work: "scan-table", reads: "rows", warm: true },
      who: "Lazyruns, to tables, from the warm cache",
    },
    {
      ...{ ...toPolars, reads: "rows of keys", keys: KEYS },
      ...{ id: "cold keys", who: "Lazyruns, 3 keys, to polars, first time", against: ["reference keys"] },
    },
    { ...common, id: itself, work: itself, who: "polars itself, the file on disk" },
    {
      ...{ ...common, client: "reference-scans", repeats: reference, work: "scan", reads: "rows of keys" },
      ...{ id: "reference keys", keys: KEYS, who: "Python, `scan_history`, 3 keys, first time" },
    },
    {
      ...{ ...common, client: "reference-scans", repeats: reference, work: "scan", reads: "rows" },
      ...{ id: python, who: "Python, `scan_history`, first time" },
    },
  ];
}

/** @param {Repeats} repeats @param {number} rows @returns {Contender[]} */
function byPages({ ours: repeats, reference }, rows) {
  const common = { client: /** @type {const} */ ("scans"), unit: /** @type {const} */ ("rows"), repeats };
  const python = "reference scan";
  const hasKeys = rows <= KEYS_COMPARED_UP_TO;
  /** @type {Contender} */
  const pythonKeys = {
    ...{ ...common, client: "reference-scans", repeats: reference, work: "scan", reads: "rows of keys" },
    ...{ id: "reference keys", keys: KEYS, who: "Python, `scan_history`, 3 keys" },
  };
  return [
    {
      ...{ ...common, id: "ours table", work: "scan-table", reads: "rows", against: [python] },
      who: "Lazyruns, to tables",
    },
    {
      ...{ ...common, id: "ours polars", work: "scan-polars", reads: "rows", against: [python] },
      ...{ who: "Lazyruns, to polars", makesNoPieces: true },
    },
    {
      ...{ ...common, id: "ours keys", work: "scan-table", reads: "rows of keys", keys: KEYS },
      ...{ against: hasKeys ? [pythonKeys.id] : [], who: "Lazyruns, 3 keys, to tables" },
    },
    ...(hasKeys ? [pythonKeys] : []),
    {
      ...{ ...common, client: "reference-scans", repeats: reference, work: "scan", reads: "rows" },
      ...{ id: python, who: "Python, `scan_history`" },
    },
  ];
}

/** @param {Repeats} repeats @param {number} runs @returns {Contender[]} */
function exporting({ reference }, runs) {
  const common = { client: /** @type {const} */ ("export"), unit: /** @type {const} */ ("rows"), repeats: 1 };
  const python = {
    ...{ ...common, client: /** @type {const} */ ("reference-scans"), repeats: reference, work: "export" },
    ...{ id: "reference export", who: "Python, `scan_history` of each run to a Parquet file of its own" },
  };
  const isCompared = runs <= REFERENCE_RUNS;
  return [
    {
      ...{ ...common, id: "ours export", work: "export", reads: "dataset", who: "Lazyruns, in one go" },
      against: isCompared ? [python.id] : [],
    },
    {
      ...{ ...common, id: "ours again", work: "again", reads: "dataset", makesNoPieces: true },
      who: "Lazyruns, once more, nothing changed",
    },
    {
      ...{ ...common, id: "ours killed", work: "killed", reads: "dataset", makesNoPieces: true },
      who: "Lazyruns, killed five times and resumed",
    },
    ...(isCompared ? [python] : []),
  ];
}
