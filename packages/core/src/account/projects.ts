import { checkName, checkWhole } from "../arguments.ts";
import { AuthenticationError, NotFoundError } from "../errors.ts";
import { PROJECTS } from "../graphql/account-documents.ts";
import type { WireProjectEntry } from "../graphql/account-wire.ts";
import { parseDate } from "../graphql/date.ts";
import { eachNode } from "../graphql/pages.ts";
import type { Service } from "../graphql/service.ts";
import type { WireConnection } from "../graphql/wire.ts";
import type { WaitOptions } from "../progress.ts";
import { pageUrl } from "../web/app-url.ts";
import { fetchViewer } from "./viewer.ts";

/** A project: a name for runs that belong together. */
export interface Project {
  readonly id: string;
  readonly name: string;
  /** The user or team that it belongs to. */
  readonly entity: string;
  readonly createdAt: Date | null;
  /** Its web page. */
  readonly url: string;
}

/** How to list projects. */
export interface ProjectsOptions extends WaitOptions {
  /** Projects a request, 1 to 1000. Default 100. */
  readonly perPage?: number | undefined;
}

const OPERATION = "listing the projects";

/** The projects of an entity, page by page; of the viewer's own when none is named. */
export function listProjects(
  service: Service,
  entity: string | undefined,
  options: ProjectsOptions,
): AsyncGenerator<Project, void, undefined> {
  const { perPage = 100, signal } = options;
  if (entity !== undefined) checkName("entity", entity);
  checkWhole("perPage", perPage, 1, 1000);
  return list(service, entity, perPage, signal);
}

async function* list(
  service: Service,
  given: string | undefined,
  first: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Project, void, undefined> {
  const entity = given ?? (await ownEntity(service, signal));
  const details = { operation: OPERATION, entity };
  const seen = new Set<string>();
  const projects = eachNode<WireProjectEntry>({
    ask: async (after) => {
      const { data } = await service.execute<{ readonly models?: WireConnection<WireProjectEntry> | null }>({
        query: PROJECTS,
        variables: { entity, first, after },
        details,
        signal,
      });
      if (data.models) return data.models;
      throw new NotFoundError(
        `There is no user or team ${entity} at ${service.baseUrl}, or the API key may not read it.`,
        details,
      );
    },
    what: "projects",
    baseUrl: service.baseUrl,
    details,
  });
  for await (const wire of projects) {
    // Cursors are offsets: a project that was made meanwhile moves the others on by one.
    if (seen.has(wire.id)) continue;
    seen.add(wire.id);
    const owner = wire.entityName ?? entity;
    yield {
      id: wire.id,
      name: wire.name,
      entity: owner,
      createdAt: parseDate(wire.createdAt),
      url: pageUrl(service.baseUrl, owner, wire.name, "workspace"),
    };
  }
}

async function ownEntity(service: Service, signal: AbortSignal | undefined): Promise<string> {
  const { entity, username } = await fetchViewer(service, signal);
  const own = entity ?? username;
  if (own !== null) return own;
  throw new AuthenticationError(
    `${service.baseUrl} names no entity for this API key. Name one: api.projects("my-team").`,
    { operation: OPERATION },
  );
}
