import fc from "fast-check";
import { expect, test } from "vitest";
import { HOSTILE } from "../testing/hostile-names.ts";
import { type LiteralStyle, literal, PYTHON_ESCAPE, stringLiteral } from "./literals.ts";

const STYLE: LiteralStyle = { text: stringLiteral, key: String, padding: " ", indent: "  " };
const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }));

test("a string's literal is that string again, on one line, and shows what it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const code = stringLiteral(text);
      expect(JSON.parse(code)).toBe(text);
      // What breaks a line in either language, what isn't seen, and what turns the direction around.
      expect(code).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Bidi_Control}\u115f\u3164\u180e\u{e0041}]/u);
    }),
  );
});

test("what isn't seen is an escape in each language's own way", () => {
  const text = "a\u3164\u115f\u180e\u{e0041}";
  expect(stringLiteral(text)).toBe(String.raw`"a\u3164\u115f\u180e\udb40\udc41"`);
  expect(stringLiteral(text, PYTHON_ESCAPE)).toBe(String.raw`"a\u3164\u115f\u180e\U000e0041"`);
  expect(stringLiteral("🙂 ä")).toBe('"🙂 ä"');
});

test("what fits stands on one line, what doesn't has a line a member", () => {
  expect(literal({ a: ["x", "y"], b: {} }, STYLE)).toBe('{ a: ["x", "y"], b: {} }');
  const ids = Array.from({ length: 12 }, (_, nth) => `run-${nth}-abc`);
  expect(literal({ id: { $in: ids } }, STYLE)).toBe(
    `{\n  id: {\n    $in: [\n${ids.map((id) => `      "${id}",\n`).join("")}    ],\n  },\n}`,
  );
});

test("values of any depth and width come out the same", () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      anyText,
      fc.array(tie("tree"), { maxLength: 5 }),
      fc.dictionary(anyText, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const code = literal(value as never, { ...STYLE, key: stringLiteral }).replace(
        /,(?=\n)(?=\s*[\]}])/g,
        "",
      );
      expect(JSON.parse(code)).toEqual(value);
    }),
  );
});
