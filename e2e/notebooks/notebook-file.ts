/** What one output of a cell says, by MIME type; several lines may come as a list. */
export type Bundle = Readonly<Record<string, unknown>>;

/** One output of a cell (https://nbformat.readthedocs.io/en/latest/format_description.html). */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string | string[] }
  | { readonly output_type: "display_data" | "execute_result"; readonly data: Bundle }
  | { readonly output_type: "error"; readonly ename: string; readonly evalue: string };

/** A cell; what it promises to show is in its tags. */
export interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: string | string[];
  readonly metadata: { readonly tags?: readonly string[] };
  readonly outputs?: readonly Output[];
}

/** A notebook as its file has it. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
}

/** Text that may be in a file as a list of lines. */
export function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join("") : String(text);
}
