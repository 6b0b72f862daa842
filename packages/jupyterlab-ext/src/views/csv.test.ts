import { expect, test, vi } from "vitest";
import type { Cell, DataColumn, RunsColumn } from "../data/runs-data.ts";
import { csvText, fileName, saveFile } from "./csv.ts";

function column(name: string, dtype: DataColumn["dtype"], values: Cell[], kind?: RunsColumn["kind"]) {
  const made: DataColumn = { key: name, name, dtype, values, shortened: 0 };
  return kind === undefined ? made : { ...made, kind, isShown: true };
}

test("a table is CSV, with all that its values are", () => {
  const text = csvText(
    [
      column("name", "utf8", ['a "b", c', "two\nlines"], "field"),
      column("lr", "float64", [1 / 3, Number.NaN], "config"),
      column("steps", "int64", [9007199254740993n, -5], "summary"),
      column("createdAt", "datetime", [Date.UTC(2026, 0, 2), null], "field"),
      column("tags", "json", [["x", "y"], true]),
    ],
    2,
  );
  expect(text.split("\r\n")).toEqual([
    "name,config.lr,summary.steps,createdAt,tags",
    '"a ""b"", c",0.3333333333333333,9007199254740993,2026-01-02T00:00:00.000Z,"[""x"",""y""]"',
    '"two\nlines",NaN,-5,,true',
    "",
  ]);
});

test("text is no formula in spreadsheets, and numbers stay numbers", () => {
  const values = ["=1+1", "@x", "-5", "+3e2", "-x", "\t=1"];
  expect(csvText([column("=a", "utf8", values)], values.length).split("\r\n")).toEqual([
    "'=a",
    "'=1+1",
    "'@x",
    "-5",
    "+3e2",
    "'-x",
    "'\t=1",
    "",
  ]);
});

test.each([
  ["team/project", "team-project.csv"],
  ["../../etc/passwd", "etc-passwd.csv"],
  ["", "runs.csv"],
  ["<img src=x>", "img-src-x.csv"],
  ["größe", "größe.csv"],
])("%j is saved as %s", (title, name) => {
  expect(fileName(title)).toBe(name);
});

test("a file is handed to the browser", async () => {
  vi.useFakeTimers();
  let saved: Blob | undefined;
  const make = vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved = blob as Blob;
    return "blob:x";
  });
  const revoke = vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    expect([this.href, this.download]).toEqual(["blob:x", "a.csv"]);
  });
  saveFile("a.csv", "x\r\n");
  expect(click).toHaveBeenCalledTimes(1);
  const bytes = new Uint8Array((await saved?.arrayBuffer()) ?? new ArrayBuffer());
  expect([...bytes]).toEqual([0xef, 0xbb, 0xbf, 0x78, 0x0d, 0x0a]);
  vi.runAllTimers();
  expect(revoke).toHaveBeenCalledWith("blob:x");
  make.mockRestore();
  vi.useRealTimers();
});
