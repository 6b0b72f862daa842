import { LazyrunsError, ServerError } from "../errors.ts";
import type { ProjectRef } from "../graphql/project.ts";

/** When so many runs in a row can't be had, the server is taken to be at fault, and not the runs. */
export const MOST_IN_A_ROW = 10;

/** Keeps account of runs that can't be had while the others' still come. */
export class Failures {
  readonly #ref: ProjectRef;
  readonly #what: string;
  readonly #runs: string[] = [];
  #first: LazyrunsError | undefined;

  /** @param what - what is made of the runs, as the error's first words */
  constructor(ref: ProjectRef, what = "The histories") {
    this.#ref = ref;
    this.#what = what;
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
      `${this.#what} of ${entity}/${project} came but for ${which} (the error's missing). It failed so: ${cause.message}`,
      { operation: cause.operation, entity, project, status: cause.status, missing: this.#runs, cause },
    );
  }
}

/** Gives an error of this library what arrived before it, so that hours of reading aren't lost by it. */
export function withPartial(error: unknown, arrived: unknown): unknown {
  return withDetail(error, "partial", arrived, false);
}

/** Gives an error of this library the ids of the runs that it cost, as far as they were listed. */
export function withMissing(error: unknown, runs: readonly string[]): unknown {
  return withDetail(error, "missing", runs, true);
}

function withDetail(
  error: unknown,
  name: "partial" | "missing",
  value: unknown,
  enumerable: boolean,
): unknown {
  if (error instanceof LazyrunsError && !(name in error)) {
    Object.defineProperty(error, name, { value, enumerable, configurable: true });
  }
  return error;
}
