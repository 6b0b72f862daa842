import { listProjects, type Project, type ProjectsOptions } from "./account/projects.ts";
import { fetchViewer, type Viewer } from "./account/viewer.ts";
import { Service, type ServiceOptions } from "./graphql/service.ts";
import type { WaitOptions } from "./progress.ts";
import { fetchRun } from "./runs/fetch-run.ts";
import type { RunsOptions } from "./runs/options.ts";
import { parseProjectPath } from "./runs/project-path.ts";
import { type FullRun, makeRun, type Run } from "./runs/run.ts";
import { RunLoader } from "./runs/run-loader.ts";
import { parseRunPath } from "./runs/run-path.ts";
import { Runs } from "./runs/runs.ts";

/**
 * Where reading starts: one server, one API key.
 *
 * @throws ConfigurationError that says where it looked, when no key is found; and for a key or a base URL that
 *   can't be one
 * @example
 * await using api = new Api(); // the key and the server are found as the Python client finds them
 * for await (const run of api.runs("team/project")) console.log(run.name);
 */
export class Api {
  /** The connection; `new Runs(api.service, entity, project)` is what `runs()` does. */
  readonly service: Service;

  constructor(options: ServiceOptions = {}) {
    this.service = new Service(options);
  }

  /** The server's address, without a trailing slash. */
  get baseUrl(): string {
    return this.service.baseUrl;
  }

  /**
   * The runs of a project. Nothing is sent until they are needed, and two calls give two collections.
   *
   * @param path - `"entity/project"`
   * @throws InvalidArgumentError for another path or a bad option
   * @example
   * const runs = api.runs("team/project", { filters: { state: "finished" }, order: "-summary_metrics.accuracy" });
   */
  runs(path: string, options: RunsOptions & { readonly lazy: false }): Runs<FullRun>;
  runs(path: string, options?: RunsOptions): Runs;
  runs(path: string, options: RunsOptions = {}): Runs<Run> {
    const { entity, project } = parseProjectPath(path);
    return new Runs(this.service, entity, project, options);
  }

  /**
   * One run with its heavy fields, its sweep and its history's keys, in one request.
   *
   * @param path - `"entity/project/id"`, or the URL of the run's web page at this server
   * @throws InvalidArgumentError for another path; NotFoundError that says whether the project or the run is missing;
   *   what `Service.execute` throws.
   * @example
   * const run = await api.run("team/project/a1b2c3d4");
   * console.log(run.name, run.state, run.summary.accuracy);
   */
  async run(path: string, { signal }: WaitOptions = {}): Promise<FullRun> {
    const { entity, project, run } = parseRunPath(path, this.baseUrl);
    const ref = { service: this.service, entity, project };
    const { wire, sweep } = await fetchRun({ ...ref, run }, signal);
    const loader = new RunLoader(ref, (one) => [one]);
    const home = { ...ref, load: loader.load.bind(loader) };
    return makeRun(wire, sweep, home).load({ signal });
  }

  /**
   * The projects of a user or team, a page at a time as the loop needs them. Nothing is sent before the loop begins.
   * No projects doesn't mean that there is such an entity: a server may answer with an empty list where there is none.
   *
   * @param entity - the user or team; default: the entity of whose API key it is (one more request)
   * @throws InvalidArgumentError, at once, for a bad option; NotFoundError when the server gives no list, as for an
   *   entity that it doesn't know; what `Service.execute` throws.
   * @example
   * for await (const { entity, name } of api.projects("team")) {
   *   console.log(name, await api.runs(`${entity}/${name}`).length);
   * }
   */
  projects(entity?: string, options: ProjectsOptions = {}): AsyncGenerator<Project, void, undefined> {
    return listProjects(this.service, entity, options);
  }

  /**
   * Whose API key it is. Asks each time, so that it also tells whether the key is still good.
   *
   * @throws AuthenticationError when the server doesn't know the key; what `Service.execute` throws.
   * @example
   * const { username, entity, teams } = await api.viewer();
   */
  viewer({ signal }: WaitOptions = {}): Promise<Viewer> {
    return fetchViewer(this.service, signal);
  }

  /** Frees the sockets once what is under way has ended. Reading afterwards is an error. */
  close(): Promise<void> {
    return this.service.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
