import type { FaultRequest } from "./fault-server.ts";

/** A run as the server has it. */
export interface ListedRun {
  readonly name: string;
  readonly createdAt: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly summary?: Readonly<Record<string, unknown>>;
}

/** How a server lists. */
export interface ListingHabits {
  /** Cursors are offsets, as W&B's, or name the run they stand behind. Default offsets. */
  readonly cursors?: "offsets" | "names";
  /** The most runs in a page, whatever is asked for. */
  readonly clamp?: number;
  /** Whether pages say that more follows. Default true. */
  readonly pageInfo?: boolean;
  /** Every so-manieth edge is empty, besides the runs. */
  readonly emptyEdges?: number;
  /** Whether the count comes. Default true. */
  readonly count?: boolean;
}

/** A project with runs in the order they were created, which answers listings, counts, and chosen runs. */
export class ListedProject {
  runs: ListedRun[];
  readonly habits: ListingHabits;
  #created = 0;

  constructor(count: number, habits: ListingHabits = {}) {
    this.habits = habits;
    this.runs = [];
    for (let index = 0; index < count; index++) this.create();
  }

  get names(): string[] {
    return this.runs.map(({ name }) => name);
  }

  create(): string {
    const index = this.#created++;
    const name = `r${index}`;
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    const config = { index: { value: index }, opt: { value: { lr: index / 10 } } };
    this.runs.push({ name, createdAt, config, summary: { loss: -index } });
    return name;
  }

  delete(name: string | undefined): void {
    this.runs = this.runs.filter((run) => run.name !== name);
  }

  /** The answer to a request. */
  answer({ query, variables }: FaultRequest): object {
    const { first, after, filters, order } = variables as {
      first?: number;
      after?: string | null;
      filters?: string;
      order?: string;
    };
    const runCount = this.habits.count === false ? null : this.runs.length;
    if (first === undefined) return { project: { runCount } };
    const nodeOf = (run: ListedRun) => node(run, query, variables);
    if (after === undefined) {
      const { name } = JSON.parse(filters ?? "{}") as { name: { $in: string[] } };
      const chosen = this.runs.filter((run) => name.$in.includes(run.name)).reverse();
      const edges = chosen
        .slice(0, Math.min(first, this.habits.clamp ?? first))
        .map((run) => ({ node: nodeOf(run) }));
      const pageInfo =
        this.habits.pageInfo === false ? undefined : { hasNextPage: edges.length < chosen.length };
      return { project: { runs: { edges, pageInfo } } };
    }
    const ordered = order?.startsWith("-") ? [...this.runs].reverse() : this.runs;
    const size = Math.min(first, this.habits.clamp ?? first);
    const start = this.#startBehind(after, ordered);
    const page = ordered.slice(start, start + size);
    const cursor = (index: number) =>
      this.habits.cursors === "names" ? (ordered[start + index]?.name ?? "") : `offset:${start + index}`;
    const edges: object[] = page.map((run, index) => ({ cursor: cursor(index), node: nodeOf(run) }));
    if (this.habits.emptyEdges !== undefined) {
      const every = this.habits.emptyEdges;
      for (let at = edges.length; at > 0; at -= every) edges.splice(at, 0, null as never);
    }
    const hasNextPage = start + page.length < ordered.length;
    const pageInfo = this.habits.pageInfo === false ? undefined : { endCursor: null, hasNextPage };
    return { project: { runCount, runs: { edges, pageInfo } } };
  }

  #startBehind(after: string | null, ordered: readonly ListedRun[]): number {
    if (after === null) return 0;
    if (after.startsWith("offset:")) return Number(after.slice("offset:".length)) + 1;
    // A cursor that names a run holds its place when the run is gone: names are numbered as they were created.
    const number = Number(after.slice(1));
    const isDescending = ordered.length > 1 && numberOf(ordered[0]) > numberOf(ordered[1]);
    const behind = ordered.findIndex((run) =>
      isDescending ? numberOf(run) < number : numberOf(run) > number,
    );
    return behind === -1 ? ordered.length : behind;
  }
}

function numberOf(run: ListedRun | undefined): number {
  return Number(run?.name.slice(1));
}

/** What the selection asks for of the heavy fields, and the light ones. */
function node(run: ListedRun, query: string, variables: Readonly<Record<string, unknown>>): object {
  const part = (field: string, keys: string, values: object = {}) => {
    if (!new RegExp(`\\b${field}\\b(?! \\})`).test(query.replace(/sweep \{[^}]*\}/, ""))) return {};
    const chosen = query.includes(`${field}(keys`) ? (variables[keys] as string[]) : undefined;
    const entries = Object.entries(values).filter(([key]) => chosen === undefined || chosen.includes(key));
    return { [field]: JSON.stringify(Object.fromEntries(entries)) };
  };
  return {
    name: run.name,
    displayName: `run ${run.name}`,
    state: "finished",
    tags: [],
    user: null,
    createdAt: run.createdAt,
    ...(query.includes("historyKeys") && { historyKeys: { lastStep: numberOf(run), keys: {} } }),
    ...part("config", "configKeys", run.config),
    ...part("summaryMetrics", "summaryKeys", run.summary),
  };
}
