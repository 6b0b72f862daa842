import { post } from "../support/post.ts";
import { jsonLine, type Logged } from "./json-line.ts";

type Record = { readonly [key: string]: Logged };

/** A run, or a further part of one, as a program logs it. */
export interface LoggedRun {
  readonly id: string;
  readonly displayName?: string;
  readonly config?: Record;
  readonly summary?: Record;
  readonly history: readonly Record[];
  readonly system?: readonly Record[];
  /** How many rows of its history are there already, for it was resumed. Default 0. */
  readonly after?: number;
  /** How the part ends; absent: it goes on. */
  readonly exitCode?: number;
}

// Who names a host logs: a run that had ended goes on.
const UPSERT = `mutation UpsertBucket(
  $entity: String, $project: String, $name: String, $displayName: String, $config: JSONString
) {
  upsertBucket(input: {
    entityName: $entity, modelName: $project, name: $name, displayName: $displayName, config: $config, host: "e2e"
  }) { bucket { id } }
}`;

/** Writes a run by the logging client's own requests. */
export async function writeRun(baseUrl: string, path: string, run: LoggedRun): Promise<void> {
  const [entity, project] = path.split("/");
  const { id: name, displayName = null, config = {}, summary, history, system = [], after = 0 } = run;
  const wrapped = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
  const variables = { entity, project, name, displayName, config: jsonLine(wrapped) };
  await post(`${baseUrl}/graphql`, { query: UPSERT, variables });
  const files = {
    ...part("wandb-history.jsonl", after, history),
    ...part("wandb-events.jsonl", 0, system),
    ...part("wandb-summary.json", 0, summary === undefined ? [] : [summary]),
  };
  const end = run.exitCode === undefined ? {} : { complete: true, exitcode: run.exitCode };
  await post(`${baseUrl}/files/${path}/${name}/file_stream`, { files, ...end });
}

/** Lines of a file, if there are any. */
function part(file: string, offset: number, records: readonly Record[]): object {
  return records.length === 0
    ? {}
    : { [file]: { offset, content: records.map((record) => jsonLine(record)) } };
}
