import { ProtocolError } from "../errors.ts";
import { askProject, edgesOf, type ProjectRef, type ProjectRequest } from "./project.ts";
import type { WireChosen, WireConnection } from "./wire.ts";

/** What one request for chosen runs brought. */
export interface ChosenRuns<N> {
  /** The runs that came, by their ids. */
  readonly nodes: ReadonlyMap<string, N>;
  /** The answer's size in characters. */
  readonly size: number;
}

/**
 * Asks for chosen runs of a project by their ids, and gives what each request brings: all that the server has, in as
 * many requests as it takes, one after another. A run that was in none of them is gone.
 *
 * @param request - `$filters` and `$first` in its document name the runs; it should ask for `pageInfo { hasNextPage }`
 * @throws NotFoundError that names the project when there is none; ProtocolError for runs that weren't asked for;
 *   what `Service.execute` throws
 */
export async function* askRuns<N>(
  ref: ProjectRef,
  ids: readonly string[],
  request: ProjectRequest,
): AsyncGenerator<ChosenRuns<N>, void, undefined> {
  const waiting: (readonly string[])[] = [ids];
  for (let asked = waiting.pop(); asked !== undefined; asked = waiting.pop()) {
    const filters = JSON.stringify({ name: { $in: asked } });
    const { project, size } = await askProject<WireChosen<N>>(ref, {
      ...request,
      variables: { ...request.variables, filters, first: asked.length },
    });
    const edges = edgesOf(ref, project.runs, request.operation);
    const nodes = new Map<string, N>();
    for (const edge of edges) if (edge?.node) nodes.set(edge.node.name, edge.node);
    refuseForeign(ref, asked, nodes, request.operation);
    yield { nodes, size };
    waiting.push(...leftOut(asked, nodes, project.runs));
  }
}

/**
 * What isn't in an answer counts as deleted: so it must be the answer to the question.
 *
 * @throws ProtocolError for runs that weren't asked for
 */
export function refuseForeign(
  { service, entity, project }: ProjectRef,
  asked: readonly string[],
  came: ReadonlyMap<string, unknown>,
  operation: string,
): void {
  const known = new Set(asked);
  const foreign = [...came.keys()].find((id) => !known.has(id));
  if (foreign === undefined) return;
  throw new ProtocolError(
    `${service.baseUrl} gives runs that weren't asked for (${foreign}): it, or a proxy in between, ignores the ` +
      `filter by name, ${operation} of ${entity}/${project}.`,
    { operation, entity, project },
  );
}

/**
 * Which runs are to be asked for again, in which groups, since an answer for chosen runs may have been cut short: a
 * server that gives fewer runs a page than it is asked for (W&B's may be set up so) says nothing of the others but
 * `hasNextPage`. A run counts as gone only when the answer says that it is whole, or it didn't come when nothing but
 * such runs were asked for.
 */
function leftOut(
  asked: readonly string[],
  came: { has(id: string): boolean },
  connection: Pick<WireConnection<unknown>, "pageInfo"> | null | undefined,
): string[][] {
  const hasNextPage = connection?.pageInfo?.hasNextPage;
  const missing = asked.filter((id) => !came.has(id));
  if (missing.length === 0 || hasNextPage === false) return [];
  if (missing.length < asked.length) return [missing];
  if (hasNextPage !== true || asked.length === 1) return [];
  // A page of nothing but runs that can't be read hides those behind it.
  const half = Math.ceil(asked.length / 2);
  return [missing.slice(0, half), missing.slice(half)];
}
