import { CONDITION, checkObject } from "./check.ts";
import type { Condition, Filters } from "./filters.ts";

/** Makes a condition of filters that are checked already. */
export function condition(filters: Filters): Condition {
  return new CheckedCondition(filters);
}

/** All of these; of none of these: every run. */
export function allOf(parts: readonly (Condition | Filters)[], at: string): Condition {
  const list = flat(parts, "$and", at).filter((part) => Object.keys(part).length > 0);
  const [first = {}] = list;
  return condition(list.length > 1 ? { $and: list } : first);
}

/** At least one of these; of none of these: no run. */
export function anyOf(parts: readonly (Condition | Filters)[], at: string): Condition {
  const list = flat(parts, "$or", at);
  const [first] = list;
  return condition(list.length === 1 && first !== undefined ? first : { $or: list });
}

/** The parts' filters, and in place of one that is such a list itself its own: a long chain stays shallow. */
function flat(parts: readonly (Condition | Filters)[], operator: "$and" | "$or", at: string): Filters[] {
  return parts.flatMap((part, index) => {
    const filters = CheckedCondition.filtersOf(part) ?? (checkObject(part, `${at}[${index}]`) as Filters);
    return isOnly(filters, operator) ? (filters[operator] as Filters[]) : [filters];
  });
}

function isOnly(filters: Filters, operator: "$and" | "$or" | "$nor"): boolean {
  return Object.hasOwn(filters, operator) && Object.keys(filters).length === 1;
}

class CheckedCondition implements Condition {
  readonly #filters: Filters;

  constructor(filters: Filters) {
    this.#filters = filters;
  }

  /** Its filters when it is a condition of this copy of the library, which has checked them. */
  static filtersOf(part: object): Filters | undefined {
    return typeof part === "object" && part !== null && #filters in part ? part.#filters : undefined;
  }

  and(...others: readonly (Condition | Filters)[]): Condition {
    return allOf([this, ...others], "and");
  }

  or(...others: readonly (Condition | Filters)[]): Condition {
    return anyOf([this, ...others], "or");
  }

  not(): Condition {
    const [inner, ...others] = isOnly(this.#filters, "$nor") ? (this.#filters.$nor as Filters[]) : [];
    return condition(inner !== undefined && others.length === 0 ? inner : { $nor: [this.#filters] });
  }

  toJSON(): Filters {
    return this.#filters;
  }

  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `Condition ${inspect(this.#filters, { ...options, depth: null })}`;
  }

  static {
    Object.defineProperty(CheckedCondition.prototype, CONDITION, { value: true });
  }
}
