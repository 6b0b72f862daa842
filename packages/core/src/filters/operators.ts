/** What joins filters. */
export const LOGICAL: readonly string[] = ["$and", "$or", "$nor"];

/** What compares a field. Both are all that W&B's server takes (its documentation of filters, as of 2026). */
export const COMPARISONS: readonly string[] = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$exists",
  "$regex",
];
