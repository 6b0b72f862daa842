import type { Order } from "@lazyruns/core";
import { fieldOfColumn } from "./column-names.ts";

/** What `--order` says, in the library's words, which checks it. */
export function readOrder(text: string): Order {
  const [, sign = "", name = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  return `${sign}${fieldOfColumn(name)}` as Order;
}
