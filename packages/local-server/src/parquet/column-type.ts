import { elements } from "@lazyruns/json";
import { rowMembers } from "../history/index.ts";

/** What a column of a Parquet file holds. */
export type ColumnType =
  | { readonly kind: "null" | "int64" | "float64" | "bool" | "text" | "json" }
  | { readonly kind: "struct"; readonly fields: ReadonlyMap<string, ColumnType> }
  | { readonly kind: "list"; readonly item: ColumnType };

const INT = 1;
const FLOAT = 2;
const BOOL = 4;
const TEXT = 8;
const STRUCT = 16;
const LIST = 32;

/** An object whose keys are data, such as ids, is no struct; and readers stop at some depth. */
const MOST_FIELDS = 1000;
const DEEPEST = 16;

/** The library that writes Parquet takes nothing but nulls in a column, and not inside one. */
const NESTED_NULL: ColumnType = { kind: "int64" };

const MOST_INT = 2n ** 63n - 1n;
const LEAST_INT = -(2n ** 63n);

/**
 * Finds the type of a column from its values: whole numbers (of 64 bits) are `int64` and with others among them
 * `float64`; objects are structs of all their fields; values of different kinds, and objects without a field, are JSON
 * text. Nulls fit everywhere.
 */
export class TypeFinder {
  #seen = 0;
  #isOpen = false;
  readonly #depth: number;
  readonly #fields = new Map<string, TypeFinder>();
  #item: TypeFinder | undefined;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  /** Takes in one value, as the text that stands in its row. */
  add(raw: string): void {
    switch (raw[0]) {
      case "n":
        return;
      case '"':
        this.#seen |= TEXT;
        return;
      case "t":
      case "f":
        this.#seen |= BOOL;
        return;
      case "{":
        this.#seen |= STRUCT;
        this.#addFields(raw);
        return;
      case "[":
        this.#seen |= LIST;
        this.#addItems(raw);
        return;
      default:
        this.#seen |= isInt64(raw) ? INT : FLOAT;
    }
  }

  /** The type that holds everything that was taken in. */
  type(): ColumnType {
    switch (this.#seen) {
      case 0:
        return this.#depth === 0 ? { kind: "null" } : NESTED_NULL;
      case INT:
        return { kind: "int64" };
      case FLOAT:
      case INT | FLOAT:
        return { kind: "float64" };
      case BOOL:
        return { kind: "bool" };
      case TEXT:
        return { kind: "text" };
      case STRUCT:
        return this.#struct();
      case LIST:
        return this.#isOpen ? { kind: "json" } : { kind: "list", item: this.#item?.type() ?? NESTED_NULL };
      default:
        return { kind: "json" };
    }
  }

  #struct(): ColumnType {
    if (this.#isOpen || this.#fields.size === 0) return { kind: "json" };
    const fields = [...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return { kind: "struct", fields: new Map(fields.map(([name, field]) => [name, field.type()])) };
  }

  #addFields(raw: string): void {
    if (this.#isTooDeep()) return;
    for (const [name, value] of rowMembers(raw)) {
      let field = this.#fields.get(name);
      if (field === undefined) {
        field = new TypeFinder(this.#depth + 1);
        this.#fields.set(name, field);
      }
      field.add(value);
    }
    if (this.#fields.size > MOST_FIELDS) this.#open();
  }

  #addItems(raw: string): void {
    if (this.#isTooDeep()) return;
    this.#item ??= new TypeFinder(this.#depth + 1);
    for (const value of elements(raw)) this.#item.add(value);
  }

  #isTooDeep(): boolean {
    if (this.#depth >= DEEPEST) this.#open();
    return this.#isOpen;
  }

  /** What it holds isn't looked into any more. */
  #open(): void {
    this.#isOpen = true;
    this.#fields.clear();
    this.#item = undefined;
  }
}

/** Whether the text of a number is that of a whole number of 64 bits. */
function isInt64(raw: string): boolean {
  for (let at = raw[0] === "-" ? 1 : 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  if (raw.length < 19) return true;
  const value = BigInt(raw);
  return value >= LEAST_INT && value <= MOST_INT;
}
