import { runFields } from "../graphql/documents.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import { makeRun, type Run, type RunHome } from "./run.ts";
import { refusesSweepField, sweepsOf } from "./sweep.ts";

/** Makes runs, with their sweeps, of what a project's server answers. */
export class RunMaker {
  readonly #ref: ProjectRef;
  readonly #home: RunHome;
  readonly #includeSweeps: boolean;
  #sweepsNested = true;

  constructor(ref: ProjectRef, home: RunHome, includeSweeps: boolean) {
    this.#ref = ref;
    this.#home = home;
    this.#includeSweeps = includeSweeps;
  }

  /** Asks with the fields that a run is made of; again without the sweep, when the server's runs have no such field. */
  async withFields<T>(full: boolean, ask: (fields: string) => Promise<T>): Promise<T> {
    const sweeps = this.#includeSweeps && this.#sweepsNested;
    try {
      return await ask(runFields({ full, sweeps }));
    } catch (error) {
      if (!sweeps || !refusesSweepField(error)) throw error;
      this.#sweepsNested = false;
      return ask(runFields({ full, sweeps: false }));
    }
  }

  /** Asks for the runs' sweeps, if they didn't come with them. */
  async make(wires: readonly WireRun[], signal?: AbortSignal): Promise<Run[]> {
    const sweeps = this.#includeSweeps
      ? await sweepsOf(this.#ref, wires, this.#sweepsNested, signal)
      : new Map<string, never>();
    return wires.map((wire) =>
      makeRun(wire, sweeps.get(wire.sweepName ?? wire.sweep?.name ?? "") ?? null, this.#home),
    );
  }
}
