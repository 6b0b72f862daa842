import { expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { checkOrder, type Order } from "./order.ts";

test.each<[Order | undefined, string]>([
  [undefined, "+created_at"],
  ["created_at", "created_at"],
  ["-createdAt", "-created_at"],
  ["+heartbeatAt", "+heartbeat_at"],
  ["updated_at", "updatedAt"],
  ["-id", "-name"],
  ["name", "name"],
  ["display_name", "displayName"],
  ["config.lr", "config.lr.value"],
  ["-config.lr.value", "-config.lr.value"],
  ["config.opt.name", "config.opt.name"],
  ["config.$&", "config.$&.value"],
  ["-summary_metrics.val/loss", "-summary_metrics.val/loss"],
  ["-summary.val/loss", "-summary_metrics.val/loss"],
  ["summaryMetrics.deep.er", "summary_metrics.deep.er"],
])("%s is sent as %s", (order, sent) => {
  expect(checkOrder(order)).toBe(sent);
});

test.each([
  "",
  "-",
  "--name",
  "tags",
  "colour",
  "config",
  "config.",
  "created_at,name",
  "__proto__",
  3,
  null,
])("%j is refused", (order) => {
  expect(() => checkOrder(order)).toThrow(InvalidArgumentError);
  expect(() => checkOrder(order)).toThrow(/created_at, .*config\.KEY\.value, summary_metrics\.KEY/);
});
