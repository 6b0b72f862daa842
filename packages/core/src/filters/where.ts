import { InvalidArgumentError } from "../errors.ts";
import {
  FieldTests,
  type LoggedComparisons,
  type OrderedComparisons,
  type TagComparisons,
  TagTests,
  type TextComparisons,
} from "./comparisons.ts";
import { allOf, anyOf } from "./condition.ts";
import { FIELDS, type Field } from "./fields.ts";
import type { Condition, Filters, RunState } from "./filters.ts";

/** What `where` offers. */
export interface Where {
  /** The run's id; the server and Python's filters call it `name`. */
  readonly id: TextComparisons;
  /** The name that people see; the server and Python's filters call it `displayName`. */
  readonly name: TextComparisons;
  readonly state: TextComparisons<RunState>;
  readonly group: TextComparisons;
  readonly jobType: TextComparisons;
  readonly tags: TagComparisons;
  /** The name of the user who started the run. */
  readonly user: TextComparisons;
  /** A date, or a time as ISO text. */
  readonly createdAt: OrderedComparisons<Date | string>;
  /** The last sign of life. */
  readonly heartbeatAt: OrderedComparisons<Date | string>;
  readonly updatedAt: OrderedComparisons<Date | string>;
  /** Seconds. */
  readonly duration: OrderedComparisons<number | bigint>;
  /** The machine's name. */
  readonly host: TextComparisons;
  readonly notes: TextComparisons;
  /** The sweep's id, which is `run.sweepName`. */
  readonly sweep: TextComparisons;
  /** The git commit. */
  readonly commit: TextComparisons;
  /**
   * A hyper-parameter or setting; dots lead into nested ones: `optimizer.name`. On W&B's own server a key that itself
   * holds a dot matches nothing (wandb/wandb issue 3087).
   */
  config(key: string): LoggedComparisons;
  /** The last or aggregated value of a metric. */
  summary(key: string): LoggedComparisons;
  /** All of these conditions; of none: every run. */
  all(...conditions: readonly (Condition | Filters)[]): Condition;
  /** At least one of these conditions; of none: no run. */
  any(...conditions: readonly (Condition | Filters)[]): Condition;
}

/**
 * Builds conditions on runs by the names that people know: `where.id` is the run's id and `where.name` the name that
 * people see, where the object form (`Filters`) has the server's names. What it makes goes wherever `Filters` go.
 *
 * @throws InvalidArgumentError at once, for a value or a regular expression that the server wouldn't take.
 * @example
 * const filters = where.state.eq("finished").and(
 *   where.config("lr").lte(0.01),
 *   where.tags.has("best").or(where.summary("val/accuracy").gt(0.9)),
 *   where.createdAt.gt(new Date("2026-01-01")),
 * );
 * api.runs("team/project", { filters });
 */
export const where: Where = Object.freeze({
  ...Object.fromEntries((FIELDS as readonly Field[]).flatMap(entryOf)),
  all: (...conditions: readonly (Condition | Filters)[]) => allOf(conditions, "where.all"),
  any: (...conditions: readonly (Condition | Filters)[]) => anyOf(conditions, "where.any"),
}) as Where;

function entryOf({ where: name, wire, type }: Field): [string, unknown][] {
  if (name === undefined) return [];
  const at = `where.${name}`;
  if (type === "tags") return [[name, new TagTests(new FieldTests(wire, type, at))]];
  if (!wire.endsWith(".")) return [[name, new FieldTests(wire, type, at)]];
  const ofKey = (key: string) => {
    if (typeof key !== "string" || key === "")
      throw new InvalidArgumentError(`${at} needs the name of a key.`);
    return new FieldTests(wire + key, type, `${at}(${JSON.stringify(key)})`);
  };
  return [[name, ofKey]];
}
