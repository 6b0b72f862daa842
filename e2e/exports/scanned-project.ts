import { graphql } from "../support/graphql.ts";
import { Double, type Logged } from "./json-line.ts";
import { type LoggedRun, writeRun } from "./write-run.ts";

type Row = { [key: string]: Logged };

/** Writes a project whose runs are read whole: what is hard about reading them is told by their ids. */
export async function writeScannedProject(baseUrl: string, path: string): Promise<void> {
  for (const run of RUNS) {
    if (run.after !== undefined) await askForFiles(baseUrl, path, run.id);
    await writeRun(baseUrl, path, run);
  }
}

/** Has a server that exports to files make those of a run, so that it has more than one when it goes on. */
async function askForFiles(baseUrl: string, path: string, run: string): Promise<void> {
  const [entity, project] = path.split("/");
  const query = `query Files($entity: String!, $project: String!, $run: String!) {
    project(name: $project, entityName: $entity) { run(name: $run) { parquetHistory(liveKeys: ["_step"]) { parquetUrls } } }
  }`;
  await graphql(baseUrl, query, { entity, project, run });
}

/** Of every kind of value; longer than some pages. */
const everything = (step: number): Row => ({
  loss: step % 50 === 7 ? Number.NaN : 1 / (step + 1),
  whole: new Double(step),
  count: step,
  // Beyond 2^53 and still different doubles, so that it shows who takes them for such.
  tokens: 2n ** 60n + 1n + 2048n * BigInt(step),
  edge: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5][step % 3] as Logged,
  words: `${step} é😀 "q"`,
  flag: step % 2 === 0,
  opt: { lr: 1 / (step + 2), deep: { n: step, name: "x" } },
  list: [step, step / 2],
  "val/loss": step / 8,
  "dotted.name": step,
  ...(step % 100 === 0 ? { rare: step / 4 } : {}),
  ...(step % 3 === 0 ? { nothing: null } : {}),
});
const little = (step: number): Row => ({ loss: step / 8, count: step });

const RUNS: readonly LoggedRun[] = [
  { id: "every-kind", history: rows(2300, everything), exitCode: 0 },
  {
    id: "sparse",
    history: rows(1500, (step) => (step % 500 === 3 ? { rare: step } : { loss: step })),
    exitCode: 0,
  },
  { id: "late", history: rows(40, little, 61_000), exitCode: 0 },
  {
    id: "gaps",
    history: [...rows(5, little), ...rows(5, little, 4_998), ...rows(5, little, 12_000)],
    exitCode: 0,
  },
  {
    id: "steps-twice",
    history: Array.from({ length: 60 }, (_, row) => ({
      _step: Math.floor(row / 3),
      loss: row / 4,
      count: row,
    })),
    exitCode: 0,
  },
  { id: "running", history: rows(1200, everything) },
  { id: "empty", history: [], exitCode: 0 },
  { id: "resumed", history: rows(300, everything), exitCode: 1 },
  { id: "resumed", after: 300, history: rows(250, everything, 300), exitCode: 0 },
  { id: "resumed-running", history: rows(300, everything), exitCode: 0 },
  { id: "resumed-running", after: 300, history: rows(150, everything, 300) },
];

/** The runs of the project, in the order of their names. */
export const RUN_IDS: readonly string[] = [...new Set(RUNS.map(({ id }) => id))].sort();

function rows(length: number, row: (step: number) => Row, first = 0): Row[] {
  return Array.from({ length }, (_, index) => ({
    _step: first + index,
    _runtime: index / 4,
    ...row(first + index),
  }));
}
