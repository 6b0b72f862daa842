import { elements } from "@lazyruns/json";
import { rowMembers, sortedKeys, strictJson } from "../history/index.ts";
import type { ColumnType } from "./column-type.ts";

/** More digits may be beyond what a double tells apart. */
const SAFE_LENGTH = 15;

/** The value of a column, of a text that its type was found from. */
export function cellOf(type: ColumnType, raw: string): unknown {
  if (raw === "null") return null;
  switch (type.kind) {
    case "null":
      return null;
    case "int64":
      return raw.length <= SAFE_LENGTH ? Number(raw) : BigInt(raw);
    case "float64":
      return Number(raw);
    case "bool":
      return raw === "true";
    case "text":
      return JSON.parse(raw) as string;
    case "json":
      return strictJson(sortedKeys(raw));
    case "list":
      return elements(raw).map((item) => cellOf(type.item, item));
    case "struct": {
      const members = rowMembers(raw);
      const value: Record<string, unknown> = Object.create(null);
      for (const [name, field] of type.fields) {
        const member = members.get(name);
        value[name] = member === undefined ? null : cellOf(field, member);
      }
      return value;
    }
  }
}
