/** What a field's values are. `value`: whatever was logged. */
export type FieldType = "text" | "state" | "number" | "time" | "tags" | "value";

/** A field that runs can be filtered by, or, where `wire` ends in a dot, a family of fields: the user's key follows. */
export interface Field {
  /** Its name in the builder `where`; absent where only the object form has it. */
  readonly where?: string;
  readonly what: string;
  /** The server's name for it. */
  readonly wire: string;
  /** Other spellings that W&B's server takes itself: they are sent as they stand, as Python sends them. */
  readonly also: readonly string[];
  /** Spellings that W&B's server doesn't know: they are sent as `wire`. */
  readonly aliases: readonly string[];
  /** The attribute of Python's `Run` that holds it. */
  readonly python?: string;
  readonly type: FieldType;
  /** What an order calls it; absent where runs can't be ordered by it. `*` is the user's key. */
  readonly order?: string;
  readonly example: string;
}

/**
 * THE table of names: what filters and orders are called here, on the wire and in Python. The checks and the builder
 * derive from it, the README's table and the types of `Filters` and `Order` are tested against it.
 *
 * Sources: the docstring of `wandb.Api.runs` (0.31.0) for the fields and the orders; `wandb-workspaces`
 * (`expr_parsing.py`) for what the web page's columns are on the wire; wandb's `query_generator.py` for `updatedAt`,
 * `sweep` as an order, `tags.` and `keys_info.keys.`; public programs for `commit` and `updatedAt`. The server looks
 * up other names as columns of its database, and fails: wandb/wandb issues 945 (`summary.`), 6441, 8600; one for
 * `id` finds nothing (5122).
 */
export const FIELDS = [
  {
    where: "id",
    what: "the run's id; the name that people see is displayName",
    wire: "name",
    also: [],
    aliases: ["id", "runId", "run_id"],
    python: "id",
    type: "text",
    order: "name",
    example: 'where.id.in(["a1b2c3d4", "e5f6g7h8"])',
  },
  {
    where: "name",
    what: "the name that people see",
    wire: "displayName",
    also: ["display_name"],
    aliases: [],
    python: "name",
    type: "text",
    order: "displayName",
    example: "where.name.matches(/^mlp/)",
  },
  {
    where: "state",
    what: "running, finished, failed, crashed, ...",
    wire: "state",
    also: [],
    aliases: [],
    python: "state",
    type: "state",
    order: "state",
    example: 'where.state.eq("finished")',
  },
  {
    where: "group",
    what: "the group",
    wire: "group",
    also: [],
    aliases: [],
    python: "group",
    type: "text",
    order: "group",
    example: 'where.group.eq("baseline")',
  },
  {
    where: "jobType",
    what: "the kind of work",
    wire: "jobType",
    also: [],
    aliases: ["job_type"],
    python: "job_type",
    type: "text",
    order: "jobType",
    example: 'where.jobType.in(["train", "eval"])',
  },
  {
    where: "tags",
    what: "the tags",
    wire: "tags",
    also: [],
    aliases: [],
    python: "tags",
    type: "tags",
    example: 'where.tags.has("best")',
  },
  {
    where: "user",
    what: "the name of the user who started it",
    wire: "username",
    also: [],
    aliases: ["user", "user.username"],
    python: "user.username",
    type: "text",
    example: 'where.user.eq("ada")',
  },
  {
    where: "createdAt",
    what: "when it was made",
    wire: "createdAt",
    also: ["created_at"],
    aliases: [],
    python: "created_at",
    type: "time",
    order: "created_at",
    example: 'where.createdAt.gte(new Date("2026-01-01"))',
  },
  {
    where: "heartbeatAt",
    what: "its last sign of life",
    wire: "heartbeatAt",
    also: ["heartbeat_at"],
    aliases: [],
    python: "heartbeat_at",
    type: "time",
    order: "heartbeat_at",
    example: 'where.heartbeatAt.lt("2026-01-31T12:00:00Z")',
  },
  {
    where: "updatedAt",
    what: "when it last changed",
    wire: "updatedAt",
    also: [],
    aliases: ["updated_at"],
    type: "time",
    order: "updatedAt",
    example: 'where.updatedAt.gt("2026-01-31")',
  },
  {
    where: "duration",
    what: "how long it ran, in seconds",
    wire: "duration",
    also: [],
    aliases: [],
    type: "number",
    order: "duration",
    example: "where.duration.gt(3600)",
  },
  {
    where: "host",
    what: "the machine's name",
    wire: "host",
    also: [],
    aliases: [],
    type: "text",
    example: 'where.host.eq("gpu-7")',
  },
  {
    where: "notes",
    what: "the notes",
    wire: "notes",
    also: [],
    aliases: [],
    python: "notes",
    type: "text",
    example: "where.notes.exists()",
  },
  {
    where: "sweep",
    what: "the id of its sweep",
    wire: "sweep",
    also: [],
    aliases: ["sweepName", "sweep_name"],
    python: "sweep_name",
    type: "text",
    order: "sweep",
    example: 'where.sweep.eq("9xkzq1ab")',
  },
  {
    where: "commit",
    what: "the git commit; not on the local server",
    wire: "commit",
    also: [],
    aliases: [],
    python: "commit",
    type: "text",
    example: 'where.commit.matches("^4f2a")',
  },
  {
    where: "config",
    what: "a hyper-parameter or setting",
    wire: "config.",
    also: [],
    aliases: [],
    python: "config[KEY]",
    type: "value",
    order: "config.*.value",
    example: 'where.config("lr").lte(0.01)',
  },
  {
    where: "summary",
    what: "the last or aggregated value of a metric",
    wire: "summary_metrics.",
    also: [],
    aliases: ["summary.", "summaryMetrics."],
    python: "summary[KEY]",
    type: "value",
    order: "summary_metrics.*",
    example: 'where.summary("val/accuracy").gt(0.9)',
  },
  {
    what: "whether it has the tag, as in reports",
    wire: "tags.",
    also: [],
    aliases: [],
    type: "value",
    example: '{ "tags.best": true }',
  },
  {
    what: "what is known of a logged metric, as in reports; not on the local server",
    wire: "keys_info.keys.",
    also: [],
    aliases: [],
    type: "value",
    example: '{ "keys_info.keys.loss": { $exists: true } }',
  },
  {
    what: "the user or team; not on the local server",
    wire: "entity",
    also: [],
    aliases: [],
    python: "entity",
    type: "text",
    example: '{ entity: "team" }',
  },
] as const satisfies readonly Field[];
