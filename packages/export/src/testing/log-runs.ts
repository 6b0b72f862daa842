import { stringify } from "@lazyruns/json";

/** A run as it is logged to a server for a test. */
export interface LoggedRun {
  readonly id: string;
  readonly name?: string | undefined;
  readonly rows?: readonly object[] | undefined;
  readonly system?: readonly object[] | undefined;
  readonly config?: object | undefined;
  readonly summary?: object | undefined;
  /** Whether it stays open. */
  readonly running?: boolean | undefined;
  /** How many rows it has already. */
  readonly offset?: number | undefined;
  /** How many rows of its machine's metrics it has already. */
  readonly systemOffset?: number | undefined;
}

export const KEY = "0123456789".repeat(4);

const UPSERT = `mutation UpsertBucket($name: String, $project: String, $entity: String, $displayName: String, $config: JSONString) {
  upsertBucket(input: {name: $name, modelName: $project, entityName: $entity, displayName: $displayName, config: $config}) {
    bucket { id name } inserted
  }
}`;

/** Logs runs as W&B's client does. Gives the server's own ids of them, by theirs. */
export async function logRuns(
  url: string,
  project: string,
  runs: readonly LoggedRun[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const run of runs) ids.set(run.id, await logRun(url, project, run));
  return ids;
}

/** Deletes a run, by the server's own id. */
export async function deleteRun(url: string, id: string): Promise<void> {
  const query = "mutation ($id: ID!) { deleteRun(input: {id: $id}) { clientMutationId } }";
  await post(`${url}/graphql`, { query, variables: { id } });
}

/** What `Run.update()` of W&B's client may change of a run that has ended. */
export interface RunEdit {
  readonly config?: object;
  readonly summary?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
}

const EDIT = `mutation UpsertBucket($id: String!, $config: JSONString, $summaryMetrics: JSONString, $tags: [String!], $notes: String) {
  upsertBucket(input: {id: $id, config: $config, summaryMetrics: $summaryMetrics, tags: $tags, notes: $notes}) {
    bucket { id }
  }
}`;

/** Edits a run, by the server's own id, as W&B's client does it: with the whole config or summary. */
export async function editRun(url: string, id: string, edit: RunEdit): Promise<void> {
  const { config, summary, tags, notes } = edit;
  const variables = {
    ...{ id, tags, notes },
    ...(config !== undefined && { config: stringify(wrapped(config)) }),
    ...(summary !== undefined && { summaryMetrics: stringify(summary) }),
  };
  await post(`${url}/graphql`, { query: EDIT, variables });
}

function wrapped(config: object): object {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
}

async function logRun(url: string, project: string, run: LoggedRun): Promise<string> {
  const {
    id,
    name = id,
    rows = [],
    system = [],
    config = {},
    summary = {},
    running = false,
    offset = 0,
    systemOffset = 0,
  } = run;
  const made = await post(`${url}/graphql`, {
    query: UPSERT,
    variables: { name: id, project, entity: "local", displayName: name, config: stringify(wrapped(config)) },
  });
  const lines = (all: readonly object[], from: number) =>
    all.map((row, index) => stringify({ _step: from + index, ...row }));
  const events = system.map((row, index) => stringify({ _runtime: systemOffset + index, ...row }));
  await post(`${url}/files/local/${project}/${id}/file_stream`, {
    files: {
      "wandb-history.jsonl": { offset, content: lines(rows, offset) },
      "wandb-events.jsonl": { offset: systemOffset, content: events },
      "wandb-summary.json": { offset: 0, content: [stringify(summary)] },
    },
    ...(running ? {} : { complete: true, exitcode: 0 }),
  });
  return made.data.upsertBucket.bucket.id;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
async function post(url: string, body: object): Promise<any> {
  const headers = {
    "content-type": "application/json",
    authorization: `Basic ${Buffer.from(`api:${KEY}`).toString("base64")}`,
  };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"')) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
