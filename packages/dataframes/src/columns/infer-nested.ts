import type { AnyColumn } from "@lazyruns/core";
import { freeNames } from "./free-names.ts";
import type { ColumnType } from "./types.ts";
import type { Warner } from "./warner.ts";

/** Deeper values stay JSON text where they get too deep: readers of Arrow bound the depth of types too. */
const MOST_LEVELS = 16;
/** Values with more fields in all are no records but maps by some id: as structs they would be nearly all nulls. */
const MOST_PLACES = 1000;

/** What was seen at one place of nested values, over all rows. */
interface Seen {
  bool: boolean;
  text: boolean;
  /** Whole numbers: of up to 2^53, of up to 64 bits, of more. */
  safe: boolean;
  long: boolean;
  huge: boolean;
  float: boolean;
  /** Values that are nested too deep to look into. */
  deep: boolean;
  item: Seen | undefined;
  fields: Map<string, Seen> | undefined;
}

/**
 * The type that all values of a JSON column have as structs and lists. Fields are united; a place whose values have no
 * type in common is `json`, and so is the whole column unless its values are all objects or all lists.
 */
export function inferNested(column: AnyColumn, warner: Warner): ColumnType {
  const census = new Census();
  const root = census.place();
  for (const value of column) census.see(root, value, 0);
  if (census.places > MOST_PLACES) {
    warner.warn(
      `Column ${JSON.stringify(column.name)} stays JSON text: its values have more than ${MOST_PLACES} fields in all.`,
    );
    return { kind: "json" };
  }
  const type = typeOf(root);
  return type.kind === "struct" || type.kind === "list" ? type : { kind: "json" };
}

class Census {
  places = 0;

  place(): Seen {
    this.places++;
    return {
      bool: false,
      text: false,
      safe: false,
      long: false,
      huge: false,
      float: false,
      deep: false,
      item: undefined,
      fields: undefined,
    };
  }

  see(seen: Seen, value: unknown, level: number): void {
    switch (typeof value) {
      case "boolean":
        seen.bool = true;
        break;
      case "string":
        seen.text = true;
        break;
      case "number":
        if (Number.isSafeInteger(value) && !Object.is(value, -0)) seen.safe = true;
        else seen.float = true;
        break;
      case "bigint":
        if (BigInt.asIntN(64, value) === value) seen.long = true;
        else seen.huge = true;
        break;
      case "object":
        if (value === null || this.places > MOST_PLACES) break;
        if (level === MOST_LEVELS) seen.deep = true;
        else if (Array.isArray(value)) {
          seen.item ??= this.place();
          for (const item of value) this.see(seen.item, item, level + 1);
        } else {
          seen.fields ??= new Map();
          for (const [key, member] of Object.entries(value))
            this.see(this.#field(seen.fields, key), member, level + 1);
        }
    }
  }

  #field(fields: Map<string, Seen>, key: string): Seen {
    let field = fields.get(key);
    if (field === undefined) {
      field = this.place();
      fields.set(key, field);
    }
    return field;
  }
}

function typeOf(seen: Seen): ColumnType {
  const { bool, text, deep, item, fields } = seen;
  const number = seen.safe || seen.long || seen.huge || seen.float;
  const kinds = [bool, text, number, deep, item !== undefined, fields !== undefined].filter(Boolean).length;
  if (kinds === 0) return { kind: "null" };
  if (kinds > 1 || deep) return { kind: "json" };
  if (bool) return { kind: "bool" };
  if (text) return { kind: "utf8" };
  if (number) return { kind: numberKind(seen) };
  if (item !== undefined) return { kind: "list", item: typeOf(item) };
  return structOf(fields as Map<string, Seen>);
}

/** JSON text for numbers that neither 64 bits nor doubles hold exactly. */
function numberKind({ long, huge, float }: Seen): "int64" | "float64" | "json" {
  if (huge || (long && float)) return "json";
  return float ? "float64" : "int64";
}

/** A struct needs a field: Parquet has none without. */
function structOf(fields: ReadonlyMap<string, Seen>): ColumnType {
  if (fields.size === 0) return { kind: "json" };
  const keys = [...fields.keys()].sort();
  const names = freeNames(keys, () => true);
  return {
    kind: "struct",
    fields: keys.map((key, index) => ({
      name: names[index] as string,
      key,
      type: typeOf(fields.get(key) as Seen),
    })),
  };
}
