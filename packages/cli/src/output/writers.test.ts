import { parse } from "@lazyruns/json";
import { describe, expect, test } from "vitest";
import { MemorySink } from "../testing/memory-sink.ts";
import { rowsOf } from "../testing/rows.ts";
import { writeCsv } from "./write-csv.ts";
import { writeJson, writeJsonLines } from "./write-json.ts";
import { writeTable } from "./write-table.ts";

const ROWS = [
  { run_id: "a", loss: Number.NaN, note: 'say "x", y', n: 9007199254740993n },
  { run_id: "b", loss: null, note: "", at: new Date("2026-01-31T12:00:00Z"), tags: ["x", "y"], ok: true },
];

const written = async (
  write: (rows: ReturnType<typeof rowsOf>, sink: MemorySink) => Promise<unknown>,
  batches: Parameters<typeof rowsOf>[0],
  sink = new MemorySink(),
) => {
  await write(rowsOf(batches), sink);
  return sink.text;
};

describe("JSON", () => {
  test("is one array, a row a line, that JSON.parse reads", async () => {
    const text = await written(writeJson, [ROWS.slice(0, 1), ROWS.slice(1)]);
    expect(text.split("\n")).toHaveLength(5);
    expect(JSON.parse(text)).toEqual([
      { run_id: "a", loss: "NaN", note: 'say "x", y', n: 9007199254740992 },
      { run_id: "b", loss: null, note: "", at: "2026-01-31T12:00:00.000Z", tags: ["x", "y"], ok: true },
    ]);
    expect((parse(text) as { n: bigint }[])[0]?.n).toBe(9007199254740993n);
  });

  test("of no rows is an empty array", async () => {
    expect(await written(writeJson, [])).toBe("[]\n");
    expect(await written(writeJsonLines, [])).toBe("");
  });

  test("lines are an object each", async () => {
    const lines = (await written(writeJsonLines, [ROWS])).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).run_id)).toEqual(["a", "b"]);
  });

  test("holds nothing that a terminal acts on, and the same values", async () => {
    const name = "\u001b[2J\u009b1m\u202etxt\u2028\u007f";
    const text = await written(writeJsonLines, [[{ run_id: name, [name]: { [name]: name } }]]);
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(text)).toEqual({ run_id: name, [name]: { [name]: name } });
  });
});

describe("CSV", () => {
  const csv =
    (escapeFormulas = false) =>
    (rows: ReturnType<typeof rowsOf>, sink: MemorySink) =>
      writeCsv(rows, sink, { escapeFormulas });

  test("has a header with the columns of all rows; no value differs from empty text", async () => {
    expect(await written(csv(), [ROWS.slice(0, 1), ROWS.slice(1)])).toBe(
      'run_id,loss,note,n,at,tags,ok\na,NaN,"say ""x"", y",9007199254740993,,,\n' +
        'b,,"",,2026-01-31T12:00:00.000Z,"[""x"",""y""]",true\n',
    );
  });

  test("of no rows is a header", async () => {
    expect(await written(csv(), [])).toBe("run_id\n");
  });

  test("leaves text as it is, and takes formulas from spreadsheets when asked to", async () => {
    const rows = [[{ run_id: "=1+1", note: "@x", n: -1.5, text: "-x" }]];
    expect(await written(csv(), rows)).toBe("run_id,note,n,text\n=1+1,@x,-1.5,-x\n");
    expect(await written(csv(true), rows)).toBe("run_id,note,n,text\n'=1+1,'@x,-1.5,'-x\n");
  });

  test("shows control characters on a terminal, and gives them elsewhere", async () => {
    const rows = [[{ run_id: "a\u001b[31mb" }]];
    expect(await written(csv(), rows)).toBe("run_id\na\u001b[31mb\n");
    expect(await written(csv(), rows, new MemorySink(80))).toBe("run_id\na\\x1b[31mb\n");
  });
});

describe("a table", () => {
  test("begins before all rows are there when there are many", async () => {
    const sink = new MemorySink();
    let before = 0;
    async function* batches() {
      for (let batch = 0; batch < 5; batch++) {
        if (batch === 3) before = sink.text.length;
        const rows = Array.from({ length: 500 }, (_, index) => ({ run_id: `${batch}-${index}` }));
        yield { numRows: 500, columnNames: ["run_id"], [Symbol.iterator]: () => rows[Symbol.iterator]() };
      }
    }
    const { numRows } = await writeTable({ columnsOfNone: [], batches: batches() }, sink);
    expect(numRows).toBe(2500);
    expect(before).toBeGreaterThan(0);
    expect(sink.text.trimEnd().split("\n")).toHaveLength(2501);
  });

  test("neutralises what names hold, also in titles", async () => {
    const text = await written(writeTable, [[{ run_id: "a\u001b]0;x\u0007", "k\n": 1 }]]);
    expect(text).toBe("run_id         k\\n\na\\x1b]0;x\\x07    1\n");
  });
});
