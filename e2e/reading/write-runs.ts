import { post } from "../support/post.ts";

const UPSERT = `mutation UpsertBucket($entity: String, $project: String, $name: String, $config: JSONString) {
  upsertBucket(input: { entityName: $entity, modelName: $project, name: $name, config: $config }) { bucket { id } }
}`;

/** Writes many small runs by the logging client's own requests, which is quicker than starting it for each. */
export async function writeRuns(
  baseUrl: string,
  path: string,
  { runs, steps }: { readonly runs: number; readonly steps: number },
): Promise<void> {
  const [entity, project] = path.split("/");
  for (let index = 0; index < runs; index++) {
    const name = `run-${index}`;
    const config = JSON.stringify({ index: { value: index } });
    await post(`${baseUrl}/graphql`, { query: UPSERT, variables: { entity, project, name, config } });
    const history = Array.from({ length: steps }, (_, step) =>
      JSON.stringify({ _step: step, _runtime: step / 4, loss: index / (step + 1), accuracy: step / steps }),
    );
    await post(`${baseUrl}/files/${path}/${name}/file_stream`, {
      files: {
        "wandb-history.jsonl": { offset: 0, content: history },
        "wandb-events.jsonl": { offset: 0, content: [JSON.stringify({ _runtime: 1, "system.cpu": index })] },
        "wandb-summary.json": { offset: 0, content: [JSON.stringify({ accuracy: index / runs })] },
      },
      complete: true,
      exitcode: 0,
    });
  }
}
