import { post } from "../../support/post.ts";

const UPSERT = `mutation UpsertBucket($entity: String, $project: String, $name: String) {
  upsertBucket(input: { entityName: $entity, modelName: $project, name: $name }) { bucket { id } }
}`;

/** A run that logs as long as a test wants. */
export interface RunUnderWay {
  log(loss: number): Promise<void>;
  finish(): Promise<void>;
}

/** Begins a run by the logging client's own requests. */
export async function startRun(baseUrl: string, path: string, name: string): Promise<RunUnderWay> {
  const [entity, project] = path.split("/");
  await post(`${baseUrl}/graphql`, { query: UPSERT, variables: { entity, project, name } });
  let step = 0;
  const send = (body: object) => post(`${baseUrl}/files/${path}/${name}/file_stream`, body);
  const run: RunUnderWay = {
    log: async (loss) => {
      const line = JSON.stringify({ _step: step, loss });
      await send({ files: { "wandb-history.jsonl": { offset: step, content: [line] } } });
      step++;
    },
    finish: () => send({ complete: true, exitcode: 0 }),
  };
  return run;
}
