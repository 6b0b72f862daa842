import { post } from "../support/post.ts";
import { runPython } from "../support/python.ts";
import { untag } from "../support/tagged.ts";

/** What the real client is asked about a run. */
export type Question =
  | {
      readonly scan: {
        readonly keys?: readonly string[];
        readonly page_size?: number;
        readonly min_step?: number;
        readonly max_step?: number;
        readonly use_cache?: boolean;
      };
    }
  | { readonly download: boolean };

/** A row as the real client gives it; a whole number that a double can't hold is a bigint. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The real client's answers, one a question.
 *
 * @param home - where it has its cache; default: none yet
 */
export async function askHistory(
  baseUrl: string,
  path: string,
  questions: readonly Question[],
  home?: string,
): Promise<unknown[]> {
  const text = await runPython(new URL("server_read.py", import.meta.url), {
    baseUrl,
    args: [path],
    input: JSON.stringify(questions),
    ...(home !== undefined && { home }),
  });
  return untag(JSON.parse(text.slice(text.lastIndexOf("answer ") + "answer ".length))) as unknown[];
}

const UPSERT = `mutation UpsertBucket($name: String, $host: String) {
  upsertBucket(input: { entityName: "local", modelName: "exports", name: $name, host: $host }) { bucket { id } }
}`;

/** Begins a run of the project `local/exports`, or goes on with it, by the logging client's own requests. */
export async function beginRun(baseUrl: string, name: string): Promise<void> {
  await post(`${baseUrl}/graphql`, { query: UPSERT, variables: { name, host: "vm" } });
}

/** Logs lines of history to it, and perhaps ends it. */
export async function logLines(
  baseUrl: string,
  name: string,
  { offset = 0, lines, ends = false }: { offset?: number; lines: readonly string[]; ends?: boolean },
): Promise<void> {
  await post(`${baseUrl}/files/local/exports/${name}/file_stream`, {
    files: { "wandb-history.jsonl": { offset, content: lines } },
    ...(ends && { complete: true, exitcode: 0 }),
  });
}
