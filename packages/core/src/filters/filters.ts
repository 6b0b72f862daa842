/** A value that a run's field can be compared with. A date is sent as ISO text. */
export type FilterValue = string | number | bigint | boolean | null | Date;

/** A list that was logged as a value, such as `[0.9, 0.999]`. */
export type FilterList = readonly (FilterValue | FilterList)[];

/** What a hyper-parameter or a metric can be compared with. */
export type LoggedValue = FilterValue | FilterList;

/** The states that W&B documents (https://docs.wandb.ai/models/runs/run-states, and Python's `Run.state`). */
export type KnownState =
  | "running"
  | "finished"
  | "failed"
  | "crashed"
  | "killed"
  | "pending"
  | "preempting"
  | "preempted";

/** A state: a known one, or any other text. */
export type RunState = KnownState | (string & {});

/**
 * The comparisons the server documents, in MongoDB's meaning. Several in one object must all hold.
 *
 * A missing value equals null, so `$ne` and `$nin` match it; the orderings and `$regex` never do, nor do values of
 * different kinds compare.
 *
 * @typeParam T - what the field can be compared with.
 */
export interface FilterOperators<T = LoggedValue> {
  readonly $eq?: T | undefined;
  readonly $ne?: T | undefined;
  readonly $gt?: Exclude<T, null> | undefined;
  readonly $gte?: Exclude<T, null> | undefined;
  readonly $lt?: Exclude<T, null> | undefined;
  readonly $lte?: Exclude<T, null> | undefined;
  readonly $in?: readonly T[] | undefined;
  readonly $nin?: readonly T[] | undefined;
  /** Whether there is a value. */
  readonly $exists?: boolean | undefined;
  /** RE2 syntax, found anywhere in the text. */
  readonly $regex?: string | undefined;
}

/** A field's test: a value that it must equal, or comparisons. Absent when undefined. */
export type FieldFilter<T> = T | FilterOperators<T> | undefined;

type TextFilter = FieldFilter<string | null>;
type TimeFilter = FieldFilter<string | Date | null>;
type LoggedFilter = FieldFilter<LoggedValue>;

/**
 * Which runs to take, in the MongoDB-like form that the server and the Python client share, so that filters can be
 * copied over from Python and mean the same. All members must hold.
 *
 * BEWARE of `name`: as in Python's filters it is the run's ID; the name that people see is `displayName`. The
 * builder `where` has the names that people know.
 *
 * A key that is known only when the program runs goes into `where.config(key)`, or into an object that has no `$or`
 * or the like beside it: TypeScript takes a computed key for any key.
 *
 * @example
 * { state: "finished", "config.lr": { $lte: 0.01 }, $or: [{ tags: "best" }, { "summary_metrics.acc": { $gt: 0.9 } }] }
 */
export interface Filters {
  /** All of these. */
  readonly $and?: readonly (Filters | Condition)[] | undefined;
  /** At least one of these. */
  readonly $or?: readonly (Filters | Condition)[] | undefined;
  /** None of these. */
  readonly $nor?: readonly (Filters | Condition)[] | undefined;

  /** The run's ID (!), as on the server; what `run.id` gives. The name that people see is `displayName`. */
  readonly name?: TextFilter;
  /** The run's id: sent as `name`. */
  readonly id?: TextFilter;
  /** The run's id: sent as `name`. */
  readonly runId?: TextFilter;
  /** The run's id: sent as `name`. */
  readonly run_id?: TextFilter;
  /** The name that people see; what `run.name` gives. */
  readonly displayName?: TextFilter;
  /** The name that people see. */
  readonly display_name?: TextFilter;
  readonly state?: FieldFilter<RunState | null>;
  readonly group?: TextFilter;
  readonly jobType?: TextFilter;
  /** Sent as `jobType`. */
  readonly job_type?: TextFilter;
  /** A tag that the run has; `$in`: at least one of these. */
  readonly tags?: TextFilter;
  /** The name of the user who started the run. */
  readonly username?: TextFilter;
  /** Sent as `username`. */
  readonly user?: TextFilter;
  /** Sent as `username`. */
  readonly "user.username"?: TextFilter;
  readonly createdAt?: TimeFilter;
  readonly created_at?: TimeFilter;
  /** The last sign of life. */
  readonly heartbeatAt?: TimeFilter;
  readonly heartbeat_at?: TimeFilter;
  readonly updatedAt?: TimeFilter;
  /** Sent as `updatedAt`. */
  readonly updated_at?: TimeFilter;
  /** Seconds. */
  readonly duration?: FieldFilter<number | bigint | null>;
  /** The machine's name. */
  readonly host?: TextFilter;
  readonly notes?: TextFilter;
  /** The sweep's id. */
  readonly sweep?: TextFilter;
  /** Sent as `sweep`. */
  readonly sweepName?: TextFilter;
  /** Sent as `sweep`. */
  readonly sweep_name?: TextFilter;
  /** The git commit. */
  readonly commit?: TextFilter;
  /** The user or team. */
  readonly entity?: TextFilter;
  /** A hyper-parameter or setting: `config.lr`, `config.optimizer.name`; `config.lr.value` is the same. */
  readonly [config: `config.${string}`]: LoggedFilter;
  /** The last or aggregated value of a metric. */
  readonly [summary: `summary_metrics.${string}`]: LoggedFilter;
  /** Sent as `summary_metrics.KEY`. */
  readonly [summary: `summary.${string}`]: LoggedFilter;
  /** Sent as `summary_metrics.KEY`. */
  readonly [summary: `summaryMetrics.${string}`]: LoggedFilter;
  /** Whether the run has the tag, as in reports. */
  readonly [tag: `tags.${string}`]: LoggedFilter;
  /** What is known of a logged metric, as in reports. */
  readonly [key: `keys_info.keys.${string}`]: LoggedFilter;
}

/**
 * A condition on runs, as the builder `where` makes it. It doesn't change; `and`, `or` and `not` give new ones.
 *
 * @example
 * const promising = where.state.eq("finished").and(where.summary("val/accuracy").gt(0.9));
 * api.runs("team/project", { filters: promising.or(where.tags.has("best")) });
 */
export interface Condition {
  /** This and all of the others. */
  and(...others: readonly (Condition | Filters)[]): Condition;
  /** This or at least one of the others. */
  or(...others: readonly (Condition | Filters)[]): Condition;
  /**
   * All the runs that this doesn't match, those without a value included: `where.config("lr").gt(1).not()` also
   * takes the runs that have no `lr`. Add `.and(where.config("lr").exists())` to leave them out.
   */
  not(): Condition;
  /** The object form, under the server's names. */
  toJSON(): Filters;
}
