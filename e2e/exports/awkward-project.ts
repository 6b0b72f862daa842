import { Double, type Logged } from "./json-line.ts";
import { randomFrom } from "./random.ts";
import { type LoggedRun, writeRun } from "./write-run.ts";

type Row = { [key: string]: Logged };
const LONG_RUNS = 4;
const LONG_ROWS = 60_000;

/** Writes a project whose runs differ in whatever runs can differ in. */
export async function writeAwkwardProject(baseUrl: string, path: string): Promise<void> {
  for (const run of [...awkwardRuns(), ...longRuns()]) await writeRun(baseUrl, path, { exitCode: 0, ...run });
}

/** One difficulty a run. Their ids aren't in the order in which they are made. */
function awkwardRuns(): LoggedRun[] {
  return [
    {
      id: "whole-numbers",
      config: { lr: 1, layers: 3, name: "base" },
      summary: { loss: 4, done: true },
      // The same metrics are doubles in the next run.
      history: rows(40, (step) => ({ loss: step, "val/loss": step * 2, count: step })),
    },
    {
      id: "doubles",
      config: { lr: 0.125, layers: null, "opt.name": "adam", betas: [0.9, 0.999] },
      summary: { loss: 0.5, best: { loss: 0.25, step: 12 } },
      history: rows(300, (step) => ({ loss: step / 8, "val/loss": new Double(step), count: step })),
      system: rows(5, (step) => ({ _runtime: step, "system.cpu": step / 4, "system.gpu.0.memory": step })),
    },
    {
      id: "not-finite",
      summary: { loss: Number.NaN },
      history: rows(60, (step) => ({
        loss: [0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, -0][
          step % 6
        ] as Logged,
      })),
    },
    {
      id: "only-nan",
      history: rows(7, () => ({ loss: Number.NaN, "val/loss": Number.NEGATIVE_INFINITY })),
    },
    {
      id: "big-numbers",
      config: { seed: 2n ** 53n + 1n },
      summary: { tokens: 2n ** 60n + 1n },
      history: rows(16, (step) => ({
        tokens: 2n ** 53n + 1n + BigInt(step),
        below: -(2n ** 58n) - BigInt(step),
      })),
    },
    {
      id: "nested",
      config: { opt: { name: "sgd", schedule: { warmup: 10 } } },
      history: rows(24, (step) => ({
        norms: { w: step / 4, deep: { text: "é", n: step } },
        list: [step, step + 0.5],
        histogram: { _type: "histogram", values: [1, 2], bins: [0, 0.5, Number.NaN] },
      })),
    },
    {
      id: "text",
      displayName: 'naïve "run" 😀',
      config: { note: "a 'quote', a \"quote\",\n a line\tand a tab" },
      history: rows(30, (step) => ({
        phase: step % 2 ? "träin 😀" : "",
        word: `w${step}`,
        flag: step % 3 === 0,
      })),
    },
    {
      // What has no type in common with the same metrics of other runs, and of its own other rows.
      id: "mixed",
      history: rows(20, (step) => ({ mixed: [1, "one", true, { one: 1 }][step % 4] as Logged, word: step })),
    },
    {
      id: "sparse",
      history: rows(90, (step) => ({
        ...(step % 7 === 0 ? { rare: step / 2 } : {}),
        ...(step === 89 ? { once: "at the end" } : {}),
        ...(step % 2 === 0 ? { sometimes: null } : { sometimes: step }),
      })),
    },
    {
      id: "odd-names",
      history: rows(10, (step) => ({
        "a.b": step,
        "a/b": step / 2,
        "a b": step,
        größe: step / 4,
        空: step,
        "it's": step,
        'say "x"': step,
        "back`tick": step,
        select: step / 8,
      })),
    },
    // Most engines don't tell such names apart.
    { id: "case", history: rows(6, (step) => ({ Case: step, case: step / 2 })) },
    { id: "nothing-logged", config: { lr: 0.5 }, summary: {}, history: [] },
    {
      id: "only-system",
      history: [],
      system: rows(12, (step) => ({ _runtime: step * 2, "system.cpu": step % 5 ? step / 2 : Number.NaN })),
    },
    {
      id: "only-nulls",
      history: rows(3, () => ({ never: null })),
    },
    { id: "-starts late.", history: rows(12, (step) => ({ loss: step / 16 }), 61_000) },
    // Text is in another order by its UTF-8 than by the UTF-16 of JavaScript.
    { id: "run-😀", history: rows(9, (step) => ({ loss: step / 2 })) },
    { id: "run-ﬀ", history: rows(8, (step) => ({ loss: step / 4 })) },
  ];
}

/** Runs long enough to lie in more than one row group. Sums of their metrics are the same in whatever order. */
function longRuns(): LoggedRun[] {
  const random = randomFrom(20);
  const sixteenths = () => Math.floor(random() * 16_000) / 16;
  return Array.from({ length: LONG_RUNS }, (_, index) => ({
    id: `long-${index}`,
    config: { lr: index / 4 },
    history: rows(LONG_ROWS, (step) => ({
      loss: sixteenths(),
      count: step * index,
      ...(step % 10 === 0 ? { "val/loss": sixteenths() } : {}),
    })),
  }));
}

function rows(length: number, row: (step: number) => Row, first = 0): Row[] {
  return Array.from({ length }, (_, index) => ({
    _step: first + index,
    _runtime: index / 4,
    _timestamp: 1_764_000_000 + index / 4,
    ...row(index),
  }));
}
