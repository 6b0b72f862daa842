import { type ErrorDetails, NotFoundError, ProtocolError } from "../errors.ts";
import type { CallOptions } from "../transport/call.ts";
import type { Service } from "./service.ts";
import type { WireConnection, WireProject } from "./wire.ts";

/** A project of one server: what every request about runs is addressed to. */
export interface ProjectRef {
  readonly service: Service;
  readonly entity: string;
  readonly project: string;
}

/** One request about a project. */
export interface ProjectRequest extends CallOptions {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What it is for, as `"listing runs"`. */
  readonly operation: string;
}

/**
 * Asks about a project and gives the `project` of the answer, with the size of the whole answer in characters.
 *
 * @throws NotFoundError that names the project when the server knows none of that name.
 */
export async function askProject<R>(
  { service, entity, project }: ProjectRef,
  { query, variables, operation, ...options }: ProjectRequest,
): Promise<{ project: R; size: number }> {
  const details: ErrorDetails = { operation, entity, project };
  const { data, size } = await service.execute<WireProject<R>>({
    ...options,
    query,
    variables: { entity, project, ...variables },
    details,
  });
  return { project: projectOf({ service, entity, project }, data, operation), size };
}

/**
 * The project of an answer.
 *
 * @throws NotFoundError that names the project when the server knows none of that name.
 */
export function projectOf<R>(
  { service, entity, project }: ProjectRef,
  data: WireProject<R>,
  operation: string,
): R {
  if (data.project !== null && data.project !== undefined) return data.project;
  throw projectNotFound(service, { operation, entity, project });
}

/** The edges of a connection, or an error when the answer holds none. */
export function edgesOf<N>(
  { service, entity, project }: ProjectRef,
  connection: WireConnection<N> | null | undefined,
  operation: string,
): WireConnection<N>["edges"] {
  if (Array.isArray(connection?.edges)) return connection.edges;
  throw new ProtocolError(`${service.baseUrl} answered without runs, ${operation} of ${entity}/${project}.`, {
    operation,
    entity,
    project,
  });
}

function projectNotFound(service: Service, details: ErrorDetails): NotFoundError {
  return new NotFoundError(
    `There is no project ${details.entity}/${details.project} at ${service.baseUrl}, or the API key may not read it ` +
      `(${details.operation}). Check the names of entity and project.`,
    details,
  );
}
