import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind, GridColumn } from "./column.ts";
import { copyText } from "./copy-text.ts";

function column(
  name: string,
  kind: ColumnKind,
  values: readonly Cell[],
  origin = "",
  isNameShared = true,
): GridColumn {
  return {
    key: `${origin}:${name}`,
    name,
    origin,
    isNameShared,
    kind,
    values,
    isShown: true,
    canBeAlike: true,
  };
}

test("rows are copied with headings, every digit, and tabs between cells", () => {
  const columns = [
    column("name", "text", ["a", "b", "c"]),
    column("loss", "number", [0.123456789, null, Number.NaN], "summary"),
    column("only", "text", [null, null, null], "config", false),
    column("Created", "moment", [0, null, 1]),
    column("tags", "tags", [["x", "y"], null, []]),
    column("big", "number", [2n ** 60n, -5, 1e21]),
  ];
  expect(copyText(columns, [2, 0])).toBe(
    [
      "name\tloss (summary)\tonly\tCreated\ttags\tbig",
      "c\tNaN\t\t1970-01-01T00:00:00.001Z\t\t1e+21",
      "a\t0.123456789\t\t1970-01-01T00:00:00.000Z\tx, y\t1152921504606846976",
    ].join("\n"),
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["@cmd", "'@cmd"],
  ["+a", "'+a"],
  ["-a", "'-a"],
  ["\t=1", `"'\t=1"`],
  ["-5", "-5"],
  ["+1.5e3", "+1.5e3"],
  ['say "a"\nb', '"say ""a""\nb"'],
  ["a=b", "a=b"],
])("the text %j is safe as %j, in a cell and in a heading", (text, safe) => {
  const copied = copyText([column(text, "text", [text])], [0]);
  expect(copied).toBe(`${safe}\n${safe}`);
});
