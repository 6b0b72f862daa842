import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunsQuery } from "../server/runs-query.ts";
import { callsOf, statementsOf } from "../testing/evaluate.ts";
import { HOSTILE } from "../testing/hostile-names.ts";
import { NO_CELLS } from "./cell-names.ts";
import { typescriptCode } from "./typescript-code.ts";

const QUERY: RunsQuery = {
  entity: "local",
  project: "digits",
  states: [],
  search: "",
  order: "-created_at",
};
const above = (...cells: string[]) => ({ above: cells, below: [] });

test("one run is read by its path", () => {
  expect(typescriptCode({ query: QUERY, ids: ["a1b2"] }, NO_CELLS)).toBe(`\
import * as lazyruns from "@lazyruns/notebook";

const api = new lazyruns.Api();
const run = await api.run("local/digits/a1b2");
await lazyruns.show(run);`);
});

test("several runs are read by their ids, and all of them shown", async () => {
  expect(typescriptCode({ query: QUERY, ids: ["a1b2", "c3d4"] }, NO_CELLS)).toContain(`
const runs = api.runs("local/digits", {
  filters: { id: { $in: ["a1b2", "c3d4"] } },
  order: "-created_at",
});
await lazyruns.show(runs);`);
  const ids = Array.from({ length: 60 }, (_, nth) => `run${nth}`);
  const calls = await callsOf(typescriptCode({ query: QUERY, ids }, NO_CELLS));
  expect(calls).toContainEqual(["show", "some runs", { maxRows: 60 }]);
});

test("a query's search, states and order become filters", async () => {
  const query: RunsQuery = {
    ...QUERY,
    states: ["running", "failed"],
    search: "mlp (a.b)",
    order: "+summary_metrics.loss",
  };
  const pattern = { $regex: String.raw`(?i)mlp \(a\.b\)` };
  expect(await callsOf(typescriptCode({ query, ids: undefined }, NO_CELLS))).toEqual([
    ["Api"],
    [
      "runs",
      "local/digits",
      {
        filters: {
          state: { $in: ["running", "failed"] },
          $or: [{ displayName: pattern }, { id: pattern }],
        },
        order: "+summary_metrics.loss",
      },
    ],
    ["show", "some runs"],
  ]);
});

test("the import and the connection of a cell above are used, under the names that they have there", () => {
  const cell =
    'import * as lr from "@lazyruns/notebook";\nconst mine = new lr.Api({ apiKey });\nconst runs = 1;';
  expect(typescriptCode({ query: QUERY, ids: undefined }, above(cell))).toBe(
    'const runs2 = mine.runs("local/digits", { order: "-created_at" });\nawait lr.show(runs2);',
  );
});

test("an import in a text is none, nor is a connection inside a function one for other cells", () => {
  const imported = 'import * as lazyruns from "@lazyruns/notebook";';
  const wanted = { query: QUERY, ids: undefined };
  const text = above(`const doc = \`\n${imported}\n\`;`);
  expect(typescriptCode(wanted, text)).toMatch(/^import \* as lazyruns2 from "@lazyruns\/notebook";/);
  const inside = above(`${imported}\nfunction f() {\n  const api = new lazyruns.Api();\n}`);
  expect(typescriptCode(wanted, inside)).toMatch(
    /^const api2 = new lazyruns\.Api\(\);\nconst runs = api2\.runs/,
  );
});

test("an import that is a comment, or comes only below, isn't relied upon", () => {
  const imported = 'import * as lazyruns from "@lazyruns/notebook";';
  const wanted = { query: QUERY, ids: undefined };
  expect(typescriptCode(wanted, above(`// ${imported}`, `/*\n${imported}\n*/`))).toContain(imported);
  const below = typescriptCode(wanted, {
    above: [],
    below: [`${imported}\nconst api = new lazyruns.Api();`],
  });
  expect(below).toContain(`${imported}\n\nconst api = new lazyruns.Api();\n`);
});

test("no name breaks out of its string, whatever is in it", async () => {
  const text = fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "binary" }),
    fc.tuple(fc.constantFrom(...HOSTILE), fc.string()).map((parts) => parts.join("")),
  );
  const query = fc.record({
    entity: text,
    project: text,
    search: text,
    order: text,
    states: fc.array(text, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(query, fc.array(text, { maxLength: 4 }), async (query, ids) => {
      const code = typescriptCode({ query, ids: ids.length > 0 ? ids : undefined }, NO_CELLS);
      expect(statementsOf(code)).toEqual([
        "ImportDeclaration",
        "FirstStatement",
        "FirstStatement",
        "ExpressionStatement",
      ]);
      const [, reading] = await callsOf(code);
      const path = `${query.entity}/${query.project}`;
      if (reading?.[0] === "run") expect(reading[1]).toBe(`${path}/${ids[0]}`);
      else {
        expect(reading?.[1]).toBe(path);
        expect(reading?.[2]).toHaveProperty("order", query.order);
        if (ids.length > 0) expect(JSON.stringify(reading?.[2])).toContain(JSON.stringify(ids.at(-1)));
      }
    }),
  );
}, 60_000);
