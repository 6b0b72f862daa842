import { LazyrunsError, ServerError } from "../errors.ts";
import type { ProjectRef } from "../graphql/project.ts";

/** Keeps account of runs whose histories can't be had while the others' still come. */
export class Failures {
  readonly #ref: ProjectRef;
  readonly #runs: string[] = [];
  #first: LazyrunsError | undefined;

  constructor(ref: ProjectRef) {
    this.#ref = ref;
  }

  add(run: string, error: LazyrunsError): void {
    this.#runs.push(run);
    this.#first ??= error;
  }

  /**
   * @param asked - how many runs there were
   * @throws ServerError that names the runs that are missing, if there are any; the run's own error if none came
   */
  throwIfAny(asked: number): void {
    const cause = this.#first;
    if (cause === undefined) return;
    if (this.#runs.length === asked) throw cause;
    const { entity, project } = this.#ref;
    const some = this.#runs.slice(0, 5).join(", ");
    const which = `${this.#runs.length === 1 ? "run" : `${this.#runs.length} runs:`} ${some}${this.#runs.length > 5 ? ", ..." : ""}`;
    throw new ServerError(
      `The histories of ${entity}/${project} came but for ${which} (the error's missing). It failed so: ${cause.message}`,
      { operation: cause.operation, entity, project, status: cause.status, missing: this.#runs, cause },
    );
  }
}

/** Gives an error of this library what arrived before it, so that hours of reading aren't lost by it. */
export function withPartial(error: unknown, arrived: unknown): unknown {
  if (error instanceof LazyrunsError && !("partial" in error)) {
    Object.defineProperty(error, "partial", { value: arrived });
  }
  return error;
}
