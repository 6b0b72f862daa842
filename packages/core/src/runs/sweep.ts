import { LazyrunsError, ServerError } from "../errors.ts";
import { findSweeps } from "../graphql/documents.ts";
import { askProject, type ProjectRef } from "../graphql/project.ts";
import type { WireRun, WireSweep } from "../graphql/wire.ts";

/** The sweep that a run belongs to. */
export interface Sweep {
  /** The sweep's id, as in its URL. The server calls it `name`. */
  readonly id: string;
  /** The name that people gave it; its id when they gave none. */
  readonly name: string;
  /** `"RUNNING"`, `"PAUSED"`, `"FINISHED"`, `"CANCELED"`, or what else the server says; null when it says nothing. */
  readonly state: string | null;
  /** The sweep's configuration (`method`, `metric`, `parameters`), null when it has none. */
  readonly config: Readonly<Record<string, unknown>> | null;
}

/**
 * The sweeps of listed runs by id, one object a sweep. Runs bring their sweep with them; for a server whose runs
 * have no `sweep` field, one more request asks for all that they name.
 */
export async function sweepsOf(
  ref: ProjectRef,
  runs: readonly WireRun[],
  nested: boolean,
  signal?: AbortSignal,
): Promise<Map<string, Sweep>> {
  const wires = new Map(
    nested
      ? runs.flatMap(({ sweep }) => (sweep ? [[sweep.name, sweep] as const] : []))
      : await fetchSweeps(ref, runs, signal),
  );
  if (wires.size === 0) return new Map();
  const { parse } = await import("yaml");
  return new Map([...wires].map(([id, wire]) => [id, fromWire(wire, parse)]));
}

async function fetchSweeps(
  ref: ProjectRef,
  runs: readonly WireRun[],
  signal: AbortSignal | undefined,
): Promise<[string, WireSweep][]> {
  const names = [...new Set(runs.flatMap(({ sweepName }) => (sweepName ? [sweepName] : [])))];
  if (names.length === 0) return [];
  const { project } = await askProject<Record<string, WireSweep | null>>(ref, {
    query: findSweeps(names.length),
    variables: Object.fromEntries(names.map((name, index) => [`s${index}`, name])),
    operation: "reading the sweeps",
    signal,
  });
  return names.flatMap((name, index) => {
    const sweep = project[`s${index}`];
    return sweep ? [[name, sweep]] : [];
  });
}

/** W&B sends the configuration as the YAML text that it was written in. */
function fromWire(wire: WireSweep, parseYaml: (text: string) => unknown): Sweep {
  let config: unknown;
  try {
    config = parseYaml(wire.config ?? "");
  } catch {
    config = null; // a sweep whose YAML is broken is still a run's sweep
  }
  return {
    id: wire.name,
    name: wire.displayName || wire.name,
    state: wire.state ?? null,
    config: typeof config === "object" && config !== null ? (config as Record<string, unknown>) : null,
  };
}

/** The words of a GraphQL validation error about `sweep` of a run, from a server that is older or another's. */
export function refusesSweepField(error: unknown): boolean {
  const refused = error instanceof ServerError || (error instanceof LazyrunsError && error.status === 400);
  return refused && /\bfield\b.*\bsweep\b/i.test(error.message);
}
