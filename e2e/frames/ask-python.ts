import { runPython } from "../support/python.ts";
import { type Tagged, untag, type Value } from "./values.ts";

/** What the real client is asked; `read_frames.py` says what each kind gives. */
export type Question = { readonly path: string; readonly filters?: object } & (
  | {
      readonly kind: "histories";
      readonly format: "default" | "pandas" | "polars";
      readonly options: Options;
    }
  | { readonly kind: "described" | "history"; readonly options: Options }
  | { readonly kind: "joined"; readonly keys: readonly string[] }
  | { readonly kind: "table"; readonly format: "default" | "pandas" }
  | { readonly kind: "timestamps" }
);

/** The options of the client's `histories()`, by its names. */
export interface Options {
  readonly samples?: number;
  readonly keys?: readonly string[];
  readonly x_axis?: string;
  readonly stream?: "default" | "system";
}

/** A frame of pandas or polars. */
export interface PythonFrame {
  readonly numRows: number;
  readonly columns: ReadonlyMap<string, { readonly dtype: string; readonly cells: readonly Value[] }>;
}

/** A row of `histories(format="default")`: what it holds not is absent, which differs from None. */
export type PythonRow = ReadonlyMap<string, Value>;

/** An answer: the frame, rows or frames that the question asks for, or what went wrong. */
export type Answer = { readonly error: string } | { readonly answer: unknown };

/** The real client's answers, one a question. */
export async function askPython(baseUrl: string, questions: readonly Question[]): Promise<Answer[]> {
  const text = await runPython(new URL("read_frames.py", import.meta.url), {
    baseUrl,
    input: JSON.stringify(questions),
  });
  const mark = "answers ";
  return JSON.parse(text.slice(text.indexOf(mark) + mark.length));
}

type PrintedFrame = { numRows: number; columns: [string, string, Tagged[]][] };

/** @throws Error with the answer's error, if it is one */
export function frameIn(answer: Answer): PythonFrame {
  return toFrame(resultIn(answer) as PrintedFrame);
}

/** Frames by run. */
export function framesIn(answer: Answer): [string, PythonFrame][] {
  return (resultIn(answer) as [string, PrintedFrame][]).map(([id, frame]) => [id, toFrame(frame)]);
}

export function rowsIn(answer: Answer): PythonRow[] {
  return (resultIn(answer) as [string, Tagged][][]).map(
    (row) => new Map(row.map(([key, value]) => [key, untag(value)])),
  );
}

function resultIn(answer: Answer): unknown {
  if ("error" in answer) throw new Error(answer.error);
  return answer.answer;
}

function toFrame({ numRows, columns }: PrintedFrame): PythonFrame {
  return {
    numRows,
    columns: new Map(columns.map(([name, dtype, cells]) => [name, { dtype, cells: cells.map(untag) }])),
  };
}
