import { type ErrorDetails, NotFoundError } from "../errors.ts";
import { askProject, type ProjectRef, type ProjectRequest } from "./project.ts";

/** A run of one server, by its id: what every request about a single run is addressed to. */
export interface RunRef extends ProjectRef {
  readonly run: string;
}

/** What an error about a run carries. */
export function runDetails({ entity, project, run }: RunRef, operation: string): ErrorDetails {
  return { operation, entity, project, run };
}

/**
 * Asks about one run (`$name` in the document) and gives the `run` of the answer.
 *
 * @throws NotFoundError that names the project when there is none, else the run.
 */
export async function askRun<R>(ref: RunRef, request: ProjectRequest): Promise<R> {
  const { project } = await askProject<{ readonly run?: R | null }>(ref, {
    ...request,
    variables: { ...request.variables, name: ref.run },
  });
  if (project.run === null || project.run === undefined) throw runNotFound(ref, request.operation);
  return project.run;
}

/** The project is there, and the run isn't. */
export function runNotFound(ref: RunRef, operation: string): NotFoundError {
  return new NotFoundError(
    `There is no run ${ref.run} in ${ref.entity}/${ref.project} at ${ref.service.baseUrl} (${operation}): it was ` +
      "deleted, or that is its name and not its id. The id is the last part of the run's URL.",
    runDetails(ref, operation),
  );
}
