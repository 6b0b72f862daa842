import { runPython } from "../support/python.ts";

/** What the real client is asked about a project. */
export type Question = {
  readonly filters?: object;
  readonly order?: string;
} & (
  | { readonly kind: "ids" | "facts" }
  | {
      readonly kind: "histories";
      readonly options: {
        readonly samples?: number;
        readonly keys?: readonly string[];
        readonly x_axis?: string;
        readonly stream?: "default" | "system";
      };
    }
);

type Tagged =
  | ["plain", null | boolean | string]
  | ["int" | "float", string]
  | ["list", Tagged[]]
  | ["dict", [string, Tagged][]];

/**
 * The real client's answers, one a question, as core's values: an integer that a double can't hold is a bigint, and
 * NaN and the infinities are numbers.
 */
export async function askPython(
  baseUrl: string,
  path: string,
  questions: readonly Question[],
): Promise<unknown[]> {
  const text = await runPython(new URL("read_project.py", import.meta.url), {
    baseUrl,
    args: [path],
    input: JSON.stringify(questions),
  });
  return (JSON.parse(text.slice(text.indexOf("[["))) as Tagged[]).map(untag);
}

function untag(tagged: Tagged): unknown {
  switch (tagged[0]) {
    case "plain":
      return tagged[1];
    case "int":
      return Number.isSafeInteger(Number(tagged[1])) ? Number(tagged[1]) : BigInt(tagged[1]);
    case "float":
      return FLOATS.get(tagged[1]) ?? Number(tagged[1]);
    case "list":
      return tagged[1].map(untag);
    case "dict":
      return Object.fromEntries(tagged[1].map(([key, value]) => [key, untag(value)]));
  }
}

const FLOATS = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);
