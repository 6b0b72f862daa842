// The results as Markdown, for people.

import { KINDS } from "./plan.mjs";
import { ratioTarget } from "./targets.mjs";

/**
 * @import { Machine } from "./machine.mjs"
 * @import { GroupResult, Row } from "./measure-group.mjs"
 * @import { Spread } from "./stats.mjs"
 * @import { Target } from "./judging.mjs"
 *
 * @typedef {object} Results
 * @property {string} date
 * @property {boolean} quick
 * @property {number} minutes
 * @property {Machine} machine
 * @property {GroupResult[]} groups
 * @property {Target[]} targets
 */

const CAVEATS = [
  "Both clients read from one local server with a made-up project. **Nothing here ran against W&B's own service.**",
  "The server's model: a delay a request; 2 ms for each run history inside a request, one after another, so that batching isn't free (a reading of more than 500 rows costs as much more, and a page of 1,000 steps 4 ms); 0.2 ms for each run whose config or summary is read; light fields are free. Waits are timers, not work.",
  "Not modelled: bandwidth, TLS, rate limits (HTTP 429), and what `$in` costs the real database.",
  "Client and server share the machine's cores. Medians are of fresh processes measured in turns; absolute times are this machine's, ratios carry over better, and differences within the spread are noise.",
  "Start-up, login and a first small request are outside the timing, for every client. The peak and the processor time are the client process's; Python's helper process `wandb-core` is left out of both, to Python's advantage.",
  "The frames are made of prepared answers: no server and no network is in them, and unpacking only where it says gzip. What is in them exactly: [README.md](README.md#frames).",
  "Scale: what a scan counts is not kept. A server's Parquet file comes from the same server, a delay a request; bandwidth isn't modelled, so a cold read is a read at the machine's own speed. What real exports look like inside is unknown: these are one file of 10 row groups, zstd. A killed export's time is that of all its processes, their start-up among it. `read again` counts readings of rows (a run's history or its machine's metrics) that the server was asked for once more.",
  "The first result of what comes all at once is its end. A run is 500 rows of 8 metrics besides `_step`, `_runtime` and `_timestamp`, 60 config keys, 40 summary keys. Of 20,000 runs, each heavy part is that of one of 2,000 under another id.",
];

/** @param {Results} results */
export function report({ date, quick, minutes, machine, groups, targets }) {
  const { processor, cores, memoryGB, system, versions } = machine;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const kinds = Object.entries(KINDS).filter(([kind]) => groups.some((group) => group.kind === kind));
  return `# Benchmark results

${date}${quick ? ", the quick form" : ""}, ${minutes.toFixed(0)} minutes. ${processor}, ${cores} cores, ${memoryGB} GB, ${system}; ${software.join(", ")}. Made by \`npm run bench\`; how it is measured is in [README.md](README.md).

${CAVEATS.map((caveat) => `- ${caveat}`).join("\n")}

## What had to be reached

${targetTable(targets)}

${kinds.map(([kind, title]) => `## ${title}\n\n${groupTable(groups.filter((group) => group.kind === kind))}`).join("\n\n")}

## The server

It answers from memory, so that it isn't what is measured: its processor time is in the tables above, and the floor rows say what receiving its bytes takes. Its answers were sent ${lateness(groups)} later than the model says, on average over a row.
`;
}

/** @param {readonly Target[]} targets */
function targetTable(targets) {
  const verdict = (/** @type {Target} */ { reached, missedBy }) =>
    reached === null ? "no figure" : reached ? "yes" : `**no**, by ${missedBy}`;
  return table(
    ["what", "asked for", "measured", "reached"],
    targets.map((target) => [target.what, target.target, target.measured, verdict(target)]),
  );
}

/**
 * @typedef {object} Shown a column of a group's table
 * @property {string} head
 * @property {(row: Row, group: GroupResult) => string} cell
 * @property {true} [setting] - told of a row without a figure too
 * @property {(group: GroupResult) => boolean} [where] - it says something of such groups only
 */

const isServed = (/** @type {GroupResult} */ { fed }) => fed === undefined;
const isLong = (/** @type {GroupResult} */ { historyRows }) => historyRows !== undefined;
const hasFigures = (/** @type {GroupResult} */ { rows }) =>
  rows.some(({ figures, readAgain }) => Object.keys(figures).length > 0 || (readAgain?.max ?? 0) > 0);

/** @type {readonly Shown[]} */
const SHOWN = [
  {
    head: "runs",
    setting: true,
    where: (group) => !isLong(group),
    cell: (_, group) => group.runs.toLocaleString("en"),
  },
  {
    head: "rows",
    setting: true,
    where: isLong,
    cell: (_, { historyRows }) => historyRows?.toLocaleString("en") ?? "",
  },
  { head: "delay, ms", setting: true, where: isServed, cell: (_, group) => String(group.model.delayMs) },
  { head: "who", setting: true, cell: (row) => row.who },
  { head: "seconds (min–max)", cell: (row) => secondsOf(row.seconds) },
  {
    head: "rows a second",
    where: isLong,
    cell: ({ seconds }, { historyRows }) => perSecond(historyRows, seconds),
  },
  { head: "times faster", cell: (row, group) => ratiosOf(group, row) },
  { head: "requests", cell: ({ requests }) => requests?.median.toLocaleString("en") ?? "" },
  {
    head: "first, ms",
    where: isServed,
    cell: ({ firstResultSeconds: first }) => (first === null ? "" : (1000 * first.median).toFixed(0)),
  },
  { head: "peak MB", cell: ({ peakMB }) => peakMB?.max.toFixed(0) ?? "n/a" },
  { head: "MB received", cell: ({ megabytes }) => megabytes.toFixed(1) },
  { head: "client CPU s", cell: ({ cpuSeconds }) => cpuSeconds?.median.toFixed(2) ?? "" },
  { head: "server CPU s", where: isServed, cell: (row) => row.serverCpuSeconds?.median.toFixed(2) ?? "" },
  { head: "further", where: hasFigures, cell: figuresOf },
];

/** @param {readonly GroupResult[]} groups */
function groupTable(groups) {
  const shown = SHOWN.filter(({ where }) => where === undefined || groups.some(where));
  const rows = groups.flatMap((group) =>
    group.rows.map((row) => {
      let reason = row.error === null ? undefined : `error: ${row.error}`;
      return shown.map(({ cell, setting }) => {
        if (row.error === null || setting) return cell(row, group);
        const said = reason ?? "";
        reason = undefined;
        return said;
      });
    }),
  );
  return table(
    shown.map(({ head }) => head),
    rows,
  );
}

/** @param {number | undefined} count @param {Spread | null} seconds */
function perSecond(count, seconds) {
  if (count === undefined || seconds === null) return "";
  return (count / seconds.median).toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** What else a row has to tell, and how often the server read the same rows again. @param {Row} row */
function figuresOf({ figures, readAgain }) {
  const told = Object.entries(figures).map(([name, { median }]) => `${name}: ${short(median)}`);
  if (readAgain !== null && readAgain.max > 0) told.push(`read again: ${short(readAgain.median)}`);
  return told.join("; ");
}

const short = (/** @type {number} */ value) => value.toLocaleString("en", { maximumSignificantDigits: 3 });

/** @param {Spread | null} spread */
function secondsOf(spread) {
  if (spread === null) return "";
  const text = (/** @type {number} */ value) =>
    value >= 100 ? value.toFixed(0) : value.toPrecision(2 + Number(value >= 1));
  const { median, min, max } = spread;
  return min === max ? text(median) : `${text(median)} (${text(min)}–${text(max)})`;
}

/** @param {GroupResult} group @param {Row} row */
function ratiosOf(group, row) {
  const ratios = row.against.flatMap((id) => {
    const other = group.rows.find((it) => it.id === id);
    if (!other?.seconds || !row.seconds || other.error !== null) return [];
    const times = other.seconds.median / row.seconds.median;
    const target = ratioTarget(group, row.id, id);
    const asked =
      target === undefined ? "" : times >= target ? ` (asked: ${target})` : ` (asked: ${target}, **missed**)`;
    return [`${times >= 10 ? times.toFixed(0) : times.toFixed(2)} × ${other.who}${asked}`];
  });
  return ratios.join("; ");
}

/** @param {readonly GroupResult[]} groups */
function lateness(groups) {
  const late = groups.flatMap(({ rows }) =>
    rows.flatMap(({ lateMs }) => (lateMs === null ? [] : [lateMs.median])),
  );
  if (late.length === 0) return "no time";
  return `${Math.min(...late).toFixed(2)} to ${Math.max(...late).toFixed(2)} ms`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
