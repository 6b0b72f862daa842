import { Service, type ServiceOptions } from "./graphql/service.ts";
import type { RunsOptions } from "./runs/options.ts";
import { parseProjectPath } from "./runs/project-path.ts";
import type { FullRun, Run } from "./runs/run.ts";
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

  /** Frees the sockets once what is under way has ended. Reading afterwards is an error. */
  close(): Promise<void> {
    return this.service.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
