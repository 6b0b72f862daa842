import { afterEach, expect, it } from "vitest";
import { ConfigurationError, LazyrunsError, ProtocolError } from "../../errors.ts";
import { registerFormat } from "../../runs/formats.ts";
import { modelExports } from "../../testing/model-exports.ts";
import type { ModelRow } from "../../testing/model-project.ts";
import { digits, scanServer } from "../../testing/scan-server.ts";
import type { HistoryTable } from "../table/history-table.ts";

const FORMS = globalThis as { [key: symbol]: Map<string, unknown> | undefined };

afterEach(() => {
  FORMS[Symbol.for("lazyruns.formats")]?.delete("counted");
});

/** A form of its own, whose name no declaration knows. */
const counted = { format: "counted" as "table" };

function registerCounted(): void {
  registerFormat("counted", {
    histories: (table: HistoryTable) => ({ byTable: table.numRows }),
    table: () => 0,
  });
}

function rows(count: number, from = 0): ModelRow[] {
  return Array.from({ length: count }, (_, index) => ({ _step: from + index, loss: index / 4 }));
}

async function rowsOf(tables: AsyncIterable<HistoryTable>): Promise<object[]> {
  const all: object[] = [];
  for await (const table of tables) all.push(...table.toRows());
  return all;
}

const history = rows(3000);
const exported = history.slice(0, 2500);
const urls = ["https://files/0?signed"];
const wanted = history.map((row) => ({ run_id: "abc", ...row }));

it("reads files, and pages of what isn't in them alone", async () => {
  const serve = await scanServer();
  const { opened } = modelExports(() => exported);
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  serve.requests.length = 0;
  expect(await rowsOf(run.scanHistory())).toEqual(wanted);
  expect(opened).toEqual(urls);
  const asked = serve.requests.map(({ variables }) => variables.minStep);
  expect(asked).toEqual([undefined, 2500]);
});

it("reads a run that is whole in files without a page", async () => {
  const serve = await scanServer();
  modelExports(() => history);
  const run = await serve([{ id: "abc", history, exported: history, urls }]).run("team/digits/abc");
  serve.requests.length = 0;
  expect(await rowsOf(run.scanHistory({ keys: ["loss"], minStep: 10, maxStep: 2990 }))).toEqual(
    wanted.slice(10, 2990),
  );
  expect(serve.requests).toHaveLength(1);
});

it("goes by pages where they hold exported rows, without a reader or told so", async () => {
  const serve = await scanServer();
  const run = await serve([{ id: "abc", history, exported, urls }], { repeats: true }).run("team/digits/abc");
  expect(await rowsOf(run.scanHistory())).toEqual(wanted);
  const { opened } = modelExports(() => exported);
  expect(await rowsOf(run.scanHistory({ exports: "never" }))).toEqual(wanted);
  expect(opened).toEqual([]);
});

it("says what is needed where rows are in files alone", async () => {
  const serve = await scanServer();
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  await expect(rowsOf(run.scanHistory())).rejects.toThrow(ConfigurationError);
  await expect(rowsOf(run.scanHistory())).rejects.toThrow("npm install @lazyruns/export");
  await expect(rowsOf(run.scanHistory({ minStep: 2000 }))).rejects.toThrow(ConfigurationError);
  // Some may be in files alone behind the first live one, too.
  await expect(rowsOf(run.scanHistory({ minStep: 2500 }))).rejects.toThrow(ConfigurationError);
  modelExports(() => exported);
  await expect(rowsOf(run.scanHistory({ exports: "never" }))).rejects.toThrow('exports: "never"');
});

it("reads a short run by its rows, wherever they are", async () => {
  const serve = await scanServer();
  const { opened } = modelExports(() => exported);
  const few = rows(50);
  const run = await serve([{ id: "abc", history: few, exported: few, urls }]).run("team/digits/abc");
  expect(await rowsOf(run.scanHistory())).toHaveLength(50);
  expect(opened).toEqual([]);
});

it("gives rows of files that have no step, and those that the server hasn't counted", async () => {
  const serve = await scanServer();
  const odd: ModelRow[] = [...rows(1500), { note: "no step" }];
  modelExports(() => odd);
  const run = await serve([{ id: "abc", history: odd, exported: odd, urls }]).run("team/digits/abc");
  const given = await rowsOf(run.scanHistory());
  expect(given).toHaveLength(1501);
  expect(given.at(-1)).toEqual({ run_id: "abc", note: "no step" });
});

it("says so when files and pages together have fewer rows than the server has counted", async () => {
  const serve = await scanServer();
  modelExports(() => exported.slice(0, 2000));
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  await expect(rowsOf(run.scanHistory())).rejects.toThrow(ProtocolError);
});

it("takes a form right from the reader, and the live rows by columns", async () => {
  registerCounted();
  const serve = await scanServer();
  const asked: object[] = [];
  modelExports(() => exported, {
    open: async () => ({
      numRows: 2500,
      lastStep: 2499,
      read: () => {
        throw new Error("not by columns");
      },
      readAs: (format, { keys }, options) => {
        asked.push({ format, keys, options });
        return (async function* () {
          yield { numRows: 1500, value: "first" };
          yield { numRows: 1000, value: "second" };
        })();
      },
    }),
  });
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  const given: unknown[] = [];
  const done: number[] = [];
  const onProgress = (progress: { done: number }) => void done.push(progress.done);
  for await (const batch of run.scanHistory({ ...counted, onProgress })) given.push(batch);
  expect(given).toEqual(["first", "second", { byTable: 500 }]);
  expect(done).toEqual([1500, 2500, 3000]);
  expect(asked).toEqual([{ format: "counted", keys: undefined, options: { ...counted, onProgress } }]);
});

it("makes a form of columns where the reader has none, or the run's own columns are wanted", async () => {
  registerCounted();
  const serve = await scanServer();
  modelExports(() => history);
  const run = await serve([{ id: "abc", history, exported: history, urls }]).run("team/digits/abc");
  for (const options of [counted, { ...counted, columns: ["name"] as const }]) {
    const given: unknown[] = [];
    for await (const batch of run.scanHistory(options)) given.push(batch);
    expect(given).toEqual([{ byTable: 3000 }]);
  }
});

it("ends at once by its signal, whatever the reader waits for", async () => {
  const serve = await scanServer();
  modelExports(() => [], { open: () => new Promise(() => undefined) });
  const run = await serve([{ id: "abc", history, exported, urls }]).run("team/digits/abc");
  const controller = new AbortController();
  const first = run.scanHistory({ signal: controller.signal }).next();
  await expect.poll(() => serve.requests.length).toBeGreaterThan(1);
  controller.abort(new Error("enough"));
  await expect(first).rejects.toThrow("enough");
});

it("goes on to the other runs when the files of one can't be read", async () => {
  const serve = await scanServer();
  const others = ["a", "b", "c"].map((id) => ({
    id,
    history,
    exported: history,
    urls: [`https://files/${id}`],
  }));
  modelExports((url) => {
    if (!url.endsWith("b")) return history;
    const details = { operation: "reading exported histories", run: "b" };
    throw new LazyrunsError("The file is no Parquet file.", details);
  });
  const complete: string[] = [];
  const read = async () => {
    for await (const { run, isLast } of digits(serve(others)).runs.scanHistories())
      if (isLast) complete.push(run.id);
  };
  await expect(read()).rejects.toMatchObject({ missing: ["b"] });
  expect(complete).toEqual(["a", "c"]);
});
