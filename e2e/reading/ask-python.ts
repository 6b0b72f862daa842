import { runPython } from "../support/python.ts";
import { type Tagged, untag } from "../support/tagged.ts";

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
