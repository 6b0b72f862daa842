import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import { checkOrder, type Order } from "../runs/order.ts";
import { checkFilters } from "./check.ts";
import { fieldNamed } from "./field-names.ts";
import { FIELDS, type Field } from "./fields.ts";
import type { Filters } from "./filters.ts";
import { type Where, where } from "./where.ts";

const fields: readonly Field[] = FIELDS;
type Row = (typeof FIELDS)[number];
/** A family's name is followed by any key. */
type Names<N> = N extends `${string}.` ? `${N}${string}` : N;
type Spelling<R extends Row> = Names<R["wire"] | R["also"][number] | R["aliases"][number]>;
type Ordered = Extract<Row, { order: string }>;

describe("the table of fields", () => {
  test("is what the types say", () => {
    expectTypeOf<keyof Filters>().toEqualTypeOf<Spelling<Row> | "$and" | "$or" | "$nor">();
    expectTypeOf<keyof Where>().toEqualTypeOf<Extract<Row, { where: string }>["where"] | "all" | "any">();
    type Keys =
      | Spelling<Ordered>
      | (Ordered["order"] extends infer O ? (O extends `${string}*${string}` ? never : O) : never);
    expectTypeOf<Order>().toEqualTypeOf<`${"" | "+" | "-"}${Keys & string}`>();
  });

  test("has each name once", () => {
    const names = fields.flatMap(({ wire, also, aliases }) => [wire, ...also, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const key = name.endsWith(".") ? `${name}some.key/x` : name;
      expect(fieldNamed(key)?.field).toBe(
        fields.find((field) => [field.wire, ...field.also, ...field.aliases].includes(name)),
      );
    }
  });

  test.each(fields)("$example is an example of $wire", ({ example, wire, where: name }) => {
    const made = new Function("where", `return (${example});`)(where);
    expect(example.startsWith(name === undefined ? "{" : `where.${name}`)).toBe(true);
    const [key = "", ...others] = Object.keys(checkFilters(made));
    expect(others).toEqual([]);
    expect(key.startsWith(wire) && (key === wire || wire.endsWith("."))).toBe(true);
  });

  test.each(fields.filter(({ order }) => order !== undefined))(
    "runs are ordered by $order",
    ({ order = "", wire, also, aliases }) => {
      for (const name of [wire, ...also, ...aliases]) {
        const isFamily = name.endsWith(".");
        expect(checkOrder(`-${name}${isFamily ? "lr" : ""}`)).toBe(`-${order.replace("*", "lr")}`);
      }
    },
  );

  test("is the README's table", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    expect(/^\| builder [\s\S]*?(?=\n\n)/m.exec(readme)?.[0]).toBe(asMarkdown());
  });
});

/** The table as it stands in the README. */
function asMarkdown(): string {
  const code = (names: readonly (string | undefined)[]) =>
    names.map((name) => (name === undefined ? "" : `\`${name}\``)).join(", ");
  const withKey = (names: readonly string[]) =>
    code(names.map((name) => (name.endsWith(".") ? `${name}KEY` : name)));
  const rows = fields.map((field) => [
    code([field.where && `where.${field.where}${field.wire.endsWith(".") ? "(KEY)" : ""}`]),
    field.what,
    withKey([field.wire, ...field.also]),
    withKey(field.aliases),
    code([field.python && `run.${field.python}`]),
    field.type === "value" ? "any" : field.type,
    code([field.order?.replace("*", "KEY")]),
    code([field.example]),
  ]);
  const head = ["builder", "what it is", "sent as", "also taken", "in Python", "values", "order", "example"];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
