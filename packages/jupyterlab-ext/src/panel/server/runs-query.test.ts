import { expect, test } from "vitest";
import { metricOrder } from "./runs-query.ts";

test.each([
  ["accuracy", "-summary_metrics.accuracy"],
  [" val/loss ", "-summary_metrics.val/loss"],
  ["a.b", "-summary_metrics.a.b"],
  ["summary.accuracy", "-summary_metrics.accuracy"],
  ["summary_metrics.accuracy", "-summary_metrics.accuracy"],
  ["config.lr", "-config.lr.value"],
  ["config.optimizer.lr", "-config.optimizer.lr"],
  ["", undefined],
  ["config.", undefined],
])("%j orders by %s", (written, order) => {
  expect(metricOrder(written, false)).toBe(order);
  expect(metricOrder(written, true)).toBe(order?.replace("-", "+"));
});
