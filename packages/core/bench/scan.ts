// pnpm --filter @lazyruns/core bench:scan [RUNS]
// What reading histories into columns, and columns into rows, costs beside JSON.parse: medians of interleaved rounds.

import type { HistoryField } from "../src/graphql/history-documents.ts";
import { splitAnswer } from "../src/history/scan/split-answer.ts";
import { HistoryTable, makeTable, type RunChunk } from "../src/history/table/history-table.ts";

const ROWS = 500;
const RUNS_AN_ANSWER = 50;
const ROUNDS = 7;
const METRICS = [
  "_runtime",
  "_timestamp",
  "acc",
  "grad/norm",
  "loss",
  "lr",
  "train/f1",
  "val/acc",
  "val/f1",
  "val/loss",
];

/** A run's rows: eleven metrics, `_step` whole and the others doubles of up to 17 digits. */
function rows(): Record<string, number>[] {
  return Array.from({ length: ROWS }, (_, step) => {
    const row: Record<string, number> = { _step: step };
    for (const metric of METRICS) row[metric] = Math.random();
    row._timestamp = 1.7e9 + step + Math.random();
    return row;
  });
}

function answer(field: HistoryField, runs: number): Buffer {
  const edges = Array.from({ length: runs }, (_, index) => {
    const value = field === "sampledHistory" ? [rows()] : rows().map((row) => JSON.stringify(row));
    return { node: { name: `run${index}`, [field]: value } };
  });
  return Buffer.from(JSON.stringify({ data: { project: { runs: { edges } } } }));
}

function parseWhole(bytes: Buffer, field: HistoryField): unknown {
  const parsed = JSON.parse(bytes.toString("utf8"));
  if (field !== "sampledHistory") {
    for (const { node } of parsed.data.project.runs.edges) {
      node[field] = node[field].map((text: string) => JSON.parse(text));
    }
  }
  return parsed;
}

function tableOf(bytes: Buffer, field: HistoryField): HistoryTable {
  const { histories, scanned } = splitAnswer(bytes, field);
  if (scanned !== histories.length) throw new Error(`The scanner read ${scanned} of ${histories.length}`);
  return makeTable(
    histories.map(
      ([chunk], index) => ({ run: { id: `run${index}`, entity: "e", project: "p" }, chunk }) as RunChunk,
    ),
  );
}

/** Milliseconds of the processor, which other processes' work doesn't lengthen. Helper threads' work counts too. */
function time(work: () => unknown): number {
  globalThis.gc?.();
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

const runs = Number(process.argv[2] ?? 500);
for (const field of ["sampledHistory", "history"] as const) {
  const answers = Array.from({ length: Math.ceil(runs / RUNS_AN_ANSWER) }, () =>
    answer(field, RUNS_AN_ANSWER),
  );
  const megabytes = answers.reduce((sum, { byteLength }) => sum + byteLength, 0) / 1e6;
  const times = { scan: [] as number[], parse: [] as number[], rows: [] as number[], column: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.parse.push(time(() => answers.map((bytes) => parseWhole(bytes, field))));
    let table = HistoryTable.concat([]);
    times.scan.push(
      time(() => {
        table = HistoryTable.concat(answers.map((bytes) => tableOf(bytes, field)));
      }),
    );
    times.rows.push(time(() => table.toRows()));
    times.column.push(time(() => table.columnNames.slice(1).map((name) => table.column(name).values)));
  }
  console.log(
    `${field}: ${answers.length * RUNS_AN_ANSWER} runs of ${ROWS} rows, ${megabytes.toFixed(1)} MB`,
  );
  for (const [name, values] of Object.entries(times)) {
    const took = median(values);
    console.log(
      `  ${name.padEnd(7)} ${took.toFixed(0).padStart(6)} ms  ${(took / megabytes).toFixed(2)} ms/MB`,
    );
  }
}
