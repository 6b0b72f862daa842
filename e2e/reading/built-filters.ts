import { type Condition, type Filters, where } from "@lazyruns/core";

/**
 * Filters as only ours has them, by the builder or under other names, and what a user of Python's client writes for the same.
 */
export const BUILT: readonly { readonly ours: Filters | Condition; readonly python: object }[] = [
  { ours: where.id.eq("long"), python: { name: "long" } },
  { ours: { id: { $in: ["long", "empty"] } }, python: { name: { $in: ["long", "empty"] } } },
  { ours: where.id.notIn(["long", "empty"]), python: { name: { $nin: ["long", "empty"] } } },
  {
    ours: where.name.matches(/^(TWO|sweep)|rows$/i),
    python: { display_name: { $regex: "(?i)^(TWO|sweep)|rows$" } },
  },
  { ours: where.name.gt("m"), python: { displayName: { $gt: "m" } } },
  { ours: where.state.ne("failed"), python: { state: { $ne: "failed" } } },
  { ours: where.group.eq(null), python: { group: null } },
  { ours: where.group.exists(), python: { group: { $exists: true } } },
  { ours: where.jobType.in(["train", "eval"]), python: { jobType: { $in: ["train", "eval"] } } },
  { ours: { job_type: "train", user: "local" }, python: { jobType: "train", username: "local" } },
  { ours: where.user.eq("nobody"), python: { username: "nobody" } },
  { ours: where.tags.has("best"), python: { tags: "best" } },
  { ours: where.tags.hasAny(["v1", "é😀"]), python: { tags: { $in: ["v1", "é😀"] } } },
  { ours: where.tags.hasAll(["best", "v1"]), python: { $and: [{ tags: "best" }, { tags: "v1" }] } },
  { ours: where.tags.has("best").not(), python: { tags: { $ne: "best" } } },
  { ours: where.createdAt.gt(new Date("2020-01-01")), python: { createdAt: { $gt: "2020-01-01" } } },
  { ours: where.heartbeatAt.lt("2020-01-01"), python: { heartbeat_at: { $lt: "2020-01-01" } } },
  { ours: where.duration.gte(2), python: { duration: { $gte: 2 } } },
  { ours: where.sweep.exists(), python: { sweep: { $exists: true } } },
  { ours: where.notes.matches("note"), python: { notes: { $regex: "note" } } },
  { ours: where.config("lr").lte(0.02), python: { "config.lr": { $lte: 0.02 } } },
  { ours: where.config("lr").lte(0.02).not(), python: { $nor: [{ "config.lr": { $lte: 0.02 } }] } },
  { ours: where.config("opt.name").eq("adam"), python: { "config.opt.name": "adam" } },
  { ours: where.config("opt.betas").eq([0.9, 0.999]), python: { "config.opt.betas": [0.9, 0.999] } },
  { ours: where.summary("val/loss").lt(1), python: { "summary_metrics.val/loss": { $lt: 1 } } },
  { ours: { "summary.accuracy": { $gt: 0.5 } }, python: { "summary_metrics.accuracy": { $gt: 0.5 } } },
  {
    ours: where.any(
      where.all(where.tags.has("v1"), where.jobType.eq("train").not()),
      where
        .summary("accuracy")
        .gte(0.7)
        .and({ id: { $ne: "nested" } }),
    ),
    python: {
      $or: [
        { $and: [{ tags: "v1" }, { $nor: [{ jobType: "train" }] }] },
        { $and: [{ "summary_metrics.accuracy": { $gte: 0.7 } }, { name: { $ne: "nested" } }] },
      ],
    },
  },
];
