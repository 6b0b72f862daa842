import { checkEqual, checkField } from "./check.ts";
import { allOf, condition } from "./condition.ts";
import type { FieldType } from "./fields.ts";
import type { Condition, Filters, LoggedValue } from "./filters.ts";
import { regexText } from "./regex.ts";

/**
 * The tests of a field, each a condition. A missing value equals null: `ne` and `notIn` match it, `eq(null)` only it.
 *
 * @typeParam T - what the field can be compared with.
 */
export interface Comparisons<T> {
  eq(value: T | null): Condition;
  ne(value: T | null): Condition;
  /** One of these; none is none. */
  in(values: readonly (T | null)[]): Condition;
  notIn(values: readonly (T | null)[]): Condition;
  /** Whether there is a value; `exists(false)`: whether there is none. */
  exists(present?: boolean): Condition;
}

/** A field whose values have an order. A missing value, or one of another kind, is on no side. */
export interface OrderedComparisons<T> extends Comparisons<T> {
  gt(value: T): Condition;
  gte(value: T): Condition;
  lt(value: T): Condition;
  lte(value: T): Condition;
}

/** A field that is text. */
export interface TextComparisons<T extends string = string> extends OrderedComparisons<T> {
  /**
   * Whether a regular expression is found anywhere in it. RE2's syntax: no lookaheads, no backreferences. A RegExp is
   * sent as its text, its flags `i`, `m` and `s` in front.
   */
  matches(pattern: string | RegExp): Condition;
}

/** A hyper-parameter or a metric: any value, also a list such as `[0.9, 0.999]`. */
export interface LoggedComparisons extends Comparisons<LoggedValue> {
  gt(value: string | number | bigint | boolean | Date): Condition;
  gte(value: string | number | bigint | boolean | Date): Condition;
  lt(value: string | number | bigint | boolean | Date): Condition;
  lte(value: string | number | bigint | boolean | Date): Condition;
  /** As in `TextComparisons`. */
  matches(pattern: string | RegExp): Condition;
}

/** The tests of a run's tags. */
export interface TagComparisons {
  has(tag: string): Condition;
  /** At least one of these; of none: no run. */
  hasAny(tags: readonly string[]): Condition;
  /** All of these; of none: every run. */
  hasAll(tags: readonly string[]): Condition;
}

/** The tests of one field, whatever its type: the interfaces say which of them make sense. */
export class FieldTests implements LoggedComparisons {
  readonly #wire: string;
  readonly #type: FieldType;
  readonly #at: string;

  constructor(wire: string, type: FieldType, at: string) {
    this.#wire = wire;
    this.#type = type;
    this.#at = at;
  }

  eq(value: LoggedValue): Condition {
    return condition({ [this.#wire]: checkEqual(this.#type, value, `${this.#at}.eq`) } as Filters);
  }
  ne(value: LoggedValue): Condition {
    return this.#compare("ne", "$ne", value);
  }
  gt(value: LoggedValue): Condition {
    return this.#compare("gt", "$gt", value);
  }
  gte(value: LoggedValue): Condition {
    return this.#compare("gte", "$gte", value);
  }
  lt(value: LoggedValue): Condition {
    return this.#compare("lt", "$lt", value);
  }
  lte(value: LoggedValue): Condition {
    return this.#compare("lte", "$lte", value);
  }
  in(values: readonly LoggedValue[]): Condition {
    return this.#compare("in", "$in", values);
  }
  notIn(values: readonly LoggedValue[]): Condition {
    return this.#compare("notIn", "$nin", values);
  }
  exists(present = true): Condition {
    return this.#compare("exists", "$exists", present);
  }
  matches(pattern: string | RegExp): Condition {
    const at = `${this.#at}.matches`;
    return this.#compare("matches", "$regex", pattern instanceof RegExp ? regexText(pattern, at) : pattern);
  }

  #compare(method: string, operator: string, operand: unknown): Condition {
    const test = checkField(this.#type, { [operator]: operand }, `${this.#at}.${method}`);
    return condition({ [this.#wire]: test } as Filters);
  }
}

/** The tests of tags. */
export class TagTests implements TagComparisons {
  readonly #tags: FieldTests;

  constructor(tags: FieldTests) {
    this.#tags = tags;
  }

  has(tag: string): Condition {
    return this.#tags.eq(tag);
  }
  hasAny(tags: readonly string[]): Condition {
    return this.#tags.in(tags);
  }
  hasAll(tags: readonly string[]): Condition {
    return allOf(
      tags.map((tag) => this.has(tag)),
      "where.tags.hasAll",
    );
  }
}
