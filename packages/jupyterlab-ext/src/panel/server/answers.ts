/** Which W&B server the Jupyter server reads from, or why it can't. */
export type ServerStatus =
  | { readonly isConfigured: true; readonly url: string; readonly entity: string | undefined }
  | { readonly isConfigured: false; readonly problem: string; readonly help: string };

/** A project of the list. */
export interface Project {
  readonly name: string;
  readonly description: string;
  /** Milliseconds since 1970; undefined: not known. */
  readonly lastActive: number | undefined;
  readonly runCount: number | undefined;
}

/** The projects of one entity. */
export interface ProjectList {
  readonly entity: string;
  /** The user's own and the teams'. */
  readonly entities: readonly string[];
  readonly projects: readonly Project[];
  /** Whether there are more. */
  readonly isTruncated: boolean;
}

/** A run of the list. */
export interface ListedRun {
  readonly id: string;
  /** What people see; its id where it has none. */
  readonly name: string;
  readonly state: string;
  /** Milliseconds since 1970; undefined: not known. */
  readonly createdAt: number | undefined;
  readonly user: string;
  readonly tags: readonly string[];
  readonly group: string;
  readonly sweep: string;
}

/** A page of runs. */
export interface RunList {
  /** How many there are in all. */
  readonly total: number;
  /** The project's web page; undefined: not known, or no address of the web. */
  readonly url: string | undefined;
  readonly runs: readonly ListedRun[];
  /** What gives the next page; undefined: there is none. */
  readonly cursor: string | undefined;
}

/** @throws TypeError for an answer of another shape; so do the others here. */
export function parseStatus(answer: unknown): ServerStatus {
  const { configured, url, entity, problem, help } = object(answer);
  if (configured === true) return { isConfigured: true, url: text(url), entity: text(entity) || undefined };
  if (configured !== false) throw new TypeError();
  return { isConfigured: false, problem: text(problem), help: text(help) };
}

/** Projects without a name are left out: nothing could be asked of them. */
export function parseProjects(answer: unknown): ProjectList {
  const { entity, entities, projects, truncated } = object(answer);
  if (typeof entity !== "string" || entity === "") throw new TypeError();
  return {
    entity,
    entities: list(entities).map(text).filter(Boolean),
    projects: list(projects)
      .map(object)
      .map(({ name, description, lastActive, runCount }) => ({
        name: text(name),
        description: text(description),
        lastActive: moment(lastActive),
        runCount: count(runCount),
      }))
      .filter(({ name }) => name !== ""),
    isTruncated: truncated === true,
  };
}

/** Runs without an id are left out: nothing could be asked of them. */
export function parseRuns(answer: unknown): RunList {
  const { total, url, runs, cursor } = object(answer);
  const known = count(total);
  if (known === undefined) throw new TypeError();
  return {
    total: known,
    url: webAddress(url),
    runs: list(runs)
      .map(object)
      .map(({ id, name, state, createdAt, user, tags, group, sweep }) => ({
        id: text(id),
        name: text(name) || text(id),
        state: text(state),
        createdAt: moment(createdAt),
        user: text(user),
        tags: Array.isArray(tags) ? tags.map(text).filter(Boolean) : [],
        group: text(group),
        sweep: text(sweep),
      }))
      .filter(({ id }) => id !== ""),
    cursor: text(cursor) || undefined,
  };
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new TypeError();
  return value as Record<string, unknown>;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError();
  return value;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function moment(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  // W&B's moments are in UTC and don't always say so.
  const isZoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) || !value.includes("T");
  const time = Date.parse(isZoned ? value : `${value}Z`);
  return Number.isFinite(time) ? time : undefined;
}

/** Only what a link may open: a `javascript:` address never becomes one. */
function webAddress(value: unknown): string | undefined {
  return typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : undefined;
}
