import type { ServerResponse } from "node:http";
import { counted } from "../counted.ts";
import type { Context } from "../graphql/context.ts";
import { stateOf } from "../graphql/run-state.ts";
import type { ProjectRow } from "../store/projects.ts";

/** The addresses that the Python client prints: of a project, of a run, of a sweep. */
const PAGE_PATH = /^\/([^/]+)\/([^/]+)(?:\/(runs|sweeps)\/([^/]+))?\/?$/;

/** The entity and project of a page's path, and the run or sweep; `undefined` for another path. */
export function pageOf(path: string): string[] | undefined {
  return PAGE_PATH.exec(path)?.slice(1);
}

/** What is at such an address, in a few words; there is no web app here. `undefined` when nothing is. */
export function pageText(
  context: Omit<Context, "baseUrl">,
  [entity = "", name = "", kind, id = ""]: readonly (string | undefined)[],
): string | undefined {
  const project = context.store.projects.find(entity, name);
  if (project === undefined) return undefined;
  const path = `${entity}/${name}`;
  if (kind === "runs") return runText(context, project, path, id);
  if (kind === "sweeps") {
    const sweep = context.store.sweeps.find(project.id, id);
    if (sweep === undefined) return undefined;
    const count = context.store.sweeps.runCount(project.id, id);
    return `Sweep ${sweep.display_name ?? id} of ${path}: ${sweep.state.toLowerCase()}, ${counted(count, "run")}\n${howToRead(path, { sweep: id })}`;
  }
  return `Project ${path}: ${counted(context.store.runs.list(project.id).length, "run")}\n${howToRead(path)}`;
}

function runText(
  context: Omit<Context, "baseUrl">,
  project: ProjectRow,
  path: string,
  id: string,
): string | undefined {
  const run = context.store.runs.find(project.id, id);
  if (run === undefined) return undefined;
  const rows = context.store.lines.count(run.id, "history");
  const state = stateOf(run, context.crashedAfter);
  return `Run ${run.display_name} (${id}) of ${path}: ${state}, ${counted(rows, "row")}\n${howToRead(path, { name: id })}`;
}

function howToRead(path: string, filters?: Readonly<Record<string, string>>): string {
  const python = filters
    ? `${JSON.stringify(path)}, filters=${JSON.stringify(filters)}`
    : JSON.stringify(path);
  const typescript = filters
    ? `${JSON.stringify(path)}, ${JSON.stringify({ filters })}`
    : JSON.stringify(path);
  return `
A local server has no pages to look at. The runs are read by

  Python:      wandb.Api().runs(${python}).histories()
  TypeScript:  new Api().runs(${typescript}).histories()
`;
}

export function replyText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}
