import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellText } from "./cell-text.ts";
import { layOut, line, titleLine } from "./layout.ts";
import { safeText } from "./safe-text.ts";
import { cut, cutStart, pad, width } from "./width.ts";

describe("text on a terminal", () => {
  test.each([
    ["\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
    ["a\nb\tc\rd", "a\\nb\\tc\\rd"],
    ["\u009b2J", "\\x9b2J"],
    ["bell\u0007\u007f", "bell\\x07\\x7f"],
    ["abc\u202egnp.exe", "abc\\u{202e}gnp.exe"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["line\u2028end", "line\\u{2028}end"],
    ["half \ud800 pair", "half \\u{d800} pair"],
    ["plain, ünïcode, 日本, 👩‍👩‍👧", "plain, ünïcode, 日本, 👩‍👩‍👧"],
  ])("%j", (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test("never holds what a terminal acts on, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const safe = safeText(text);
        expect(safe).toBe(stripVTControlCharacters(safe));
        expect(safe).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      }),
    );
  });
});

describe("widths", () => {
  test.each([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["👩‍👩‍👧", 2],
    ["", 0],
  ])("%s takes %i", (text, columns) => {
    expect(width(text)).toBe(columns);
    expect(width(pad(text, 10, false))).toBe(10);
    expect(pad(text, 10, true).endsWith(text)).toBe(true);
  });

  test("a cut text fits, and is cut between signs", () => {
    expect(cut("日本語", 4)).toBe("日…");
    expect(cut("learning", 5)).toBe("lear…");
    expect(cutStart("summary.val/loss", 9)).toBe("…val/loss");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
        expect(width(cut(safeText(text), columns))).toBeLessThanOrEqual(columns);
        expect(width(cutStart(safeText(text), columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("cells", () => {
  test.each([
    [null, "-"],
    [undefined, "-"],
    [0.1 + 0.2, "0.3"],
    [1 / 3, "0.333333"],
    [1e-9, "1e-9"],
    [1795537164.52, "1795537165"],
    [12345678, "12345678"],
    [9007199254740993n, "9007199254740993"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [true, "true"],
    [new Date("2026-01-31T12:00:00.123Z"), "2026-01-31T12:00:00Z"],
    [["a", "b\n"], "a, b\\n"],
    [[1, 2], "[1,2]"],
    [{ a: [1], "\u001b": 1 }, '{"a":[1],"\\u001b":1}'],
    [{ name: "Ada", username: "ada" }, "ada"],
    ["", ""],
  ])("%o", (value, expected) => {
    expect(cellText(value)).toBe(expected);
  });
});

describe("columns", () => {
  const text = (title: string) => ({ title, right: false, isWhole: false });
  const number = (title: string) => ({ title, right: true, isWhole: true });
  const LOOKS = [text("name"), number("summary.val/accuracy"), text("notes")];
  const ROWS = [
    ["mlp", "0.97", "a long note on what was tried, and why"],
    ["日本", "12.5", ""],
  ];
  const table = (room: number | undefined) => {
    const layout = layOut(LOOKS, ROWS, room);
    return [titleLine(layout), ...ROWS.map((cells) => line(layout, cells, room !== undefined))];
  };

  test("are as wide as what stands in them", () => {
    expect(table(undefined)).toEqual([
      "name  summary.val/accuracy  notes",
      "mlp                   0.97  a long note on what was tried, and why",
      "日本                  12.5",
    ]);
  });

  test("give way on a terminal: text and titles, never numbers", () => {
    for (const row of table(40)) expect(width(row)).toBeLessThanOrEqual(40);
    expect(table(40)[1]).toMatch(/^mlp +0\.97 {2}a long.*…$/);
  });

  test("are left out from the end where even that doesn't do", () => {
    const layout = layOut(LOOKS, ROWS, 16);
    expect(layout.columns.map(({ title }) => title)).toEqual(["name", "summary.val/accuracy"]);
    expect(layout.left).toEqual(["notes"]);
    expect(titleLine(layout)).toBe("name  …/accuracy");
  });

  test("of a title without parts keep what it begins with", () => {
    const number = { title: "historyLineCount", right: true, isWhole: true };
    expect(titleLine(layOut([number], [["12345678"]], 10))).toBe("historyLi…");
  });

  test("never make a line wider than the room, but for one column that can't be cut", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 60 }).map(safeText);
    const tables = fc
      .integer({ min: 1, max: 8 })
      .chain((columns) =>
        fc.tuple(
          fc.array(cell, { minLength: columns, maxLength: columns }),
          fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 5 }),
        ),
      );
    fc.assert(
      fc.property(tables, fc.integer({ min: 14, max: 120 }), ([titles, rows], room) => {
        const layout = layOut(titles.map(text), rows, room);
        for (const each of [titleLine(layout), ...rows.map((cells) => line(layout, cells, true))]) {
          expect(width(each)).toBeLessThanOrEqual(room);
        }
      }),
    );
  });
});
