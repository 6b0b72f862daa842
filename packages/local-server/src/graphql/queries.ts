import { connection } from "./connection.ts";
import type { Context } from "./context.ts";
import { projectView } from "./project-view.ts";
import { entityView, userView } from "./user-view.ts";

interface ProjectArguments {
  readonly name?: string | null;
  readonly entityName?: string | null;
}

/** The root of every query. */
export function queries(context: Context) {
  const { store, user } = context;
  const project = ({ name, entityName }: ProjectArguments) => {
    const row = store.projects.find(entityName || user, name ?? "");
    return row === undefined ? null : projectView(row, context);
  };
  const projects = (entityName: string | null | undefined, page: { first?: number; after?: string }) =>
    connection(store.projects.list(entityName || user), page, (row) => projectView(row, context));
  return {
    viewer: () => userView(context),
    entity: ({ name }: { name?: string | null }) => ({
      ...entityView(name || user),
      projects: (page: { first?: number; after?: string }) => projects(name, page),
    }),
    serverInfo: () => ({ features: [], cliVersionInfo: null }),
    project,
    model: project,
    models: ({ entityName, ...page }: { entityName?: string | null; first?: number; after?: string }) =>
      projects(entityName, page),
  };
}
