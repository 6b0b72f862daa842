import { expect, onTestFinished, test } from "vitest";
import { InvalidArgumentError, LazyrunsError } from "../errors.ts";
import type { HistoryFormats } from "../history/formats.ts";
import { HistoryTable } from "../history/table/history-table.ts";
import { faultServer } from "../testing/fault-server.ts";
import { type ModelRun, modelAnswer } from "../testing/model-project.ts";
import { type Format, registerFormat } from "./formats.ts";
import { Runs } from "./runs.ts";
import { RunTable } from "./table/run-table.ts";

declare module "../history/formats.ts" {
  interface HistoryFormats {
    readonly count: string;
  }
  interface FormatOptions {
    readonly count: { readonly word?: string };
  }
}

declare module "./table/formats.ts" {
  interface TableFormats<Row extends object> {
    readonly count: string;
  }
}

const project: ModelRun[] = ["a", "b"].map((id) => ({ id, history: [{ _step: 0, loss: 1 }] }));

const counting: Format = {
  histories: (table, options) => `${table.numRows} ${(options as { word?: string }).word ?? "rows"}`,
  table: async (table, options) => `${table.numRows} ${(options as { word?: string }).word ?? "runs"}`,
};

function register(name: string, format: Format): void {
  registerFormat(name, format);
  onTestFinished(() => void forms().delete(name));
}

function forms(): Map<string, unknown> {
  return (globalThis as unknown as Record<symbol, Map<string, unknown>>)[
    Symbol.for("lazyruns.formats")
  ] as Map<string, unknown>;
}

async function open(runs: readonly ModelRun[] = project) {
  const warnings: string[] = [];
  const { service, requests } = await faultServer(({ query, variables }, response) => {
    response.end(modelAnswer({ query, variables }, runs));
    return undefined;
  });
  const onWarning = ({ message }: { message: string }) => warnings.push(message);
  return { requests, warnings, service, runs: new Runs(service, "team", "digits", { onWarning }) };
}

test("a registered form comes from histories, a stream and a table, with its own options", async () => {
  register("count", counting);
  const { runs } = await open();
  expect(await runs.histories({ format: "count" })).toBe("2 rows");
  expect(await runs.histories({ format: "count", word: "steps" })).toBe("2 steps");
  const streamed = [];
  for await (const { run, table, history } of runs.historyStream({ format: "count" })) {
    streamed.push([run.id, table.numRows, history]);
  }
  expect(streamed).toEqual([
    ["a", 1, "1 rows"],
    ["b", 1, "1 rows"],
  ]);
  expect(await runs.table({ config: ["lr"], format: "count" })).toBe("2 runs");
  expect(await (await runs.at(0))?.history({ format: "count" })).toBe("1 rows");
});

test("a stream without a format gives tables, and rows where they are asked for", async () => {
  const { runs } = await open();
  for await (const { table, history } of runs.historyStream())
    expect(history.toRows()).toEqual(table.toRows());
  for await (const { run, history } of runs.historyStream({ format: "default" })) {
    expect(history).toEqual([{ run_id: run.id, _step: 0, loss: 1 }]);
  }
});

test("what was registered by another copy of this library is known", async () => {
  forms().set("elsewhere", counting);
  onTestFinished(() => void forms().delete("elsewhere"));
  const { runs } = await open();
  expect(await runs.histories({ format: "elsewhere" as "count" })).toBe("2 rows");
});

test("options and what a form needs are looked at before anything is sent", async () => {
  const { runs, requests } = await open();
  const order: string[] = [];
  register("count", {
    ...counting,
    check: (options) => {
      order.push("check");
      if ("word" in options) throw new InvalidArgumentError("no word");
    },
    prepare: async () => {
      order.push("prepare");
      throw new Error("not installed");
    },
  });
  await expect(runs.histories({ format: "count", word: "x" })).rejects.toThrow("no word");
  expect(() => runs.historyStream({ format: "count", word: "x" })).toThrow("no word");
  await expect(runs.table({ format: "count", word: "x" })).rejects.toThrow("no word");
  expect(order.splice(0)).toEqual(["check", "check", "check"]);
  await expect(runs.histories({ format: "count" })).rejects.toThrow("not installed");
  await expect(runs.historyStream({ format: "count" }).next()).rejects.toThrow("not installed");
  await expect(runs.table({ format: "count" })).rejects.toThrow("not installed");
  expect(order).toEqual(["check", "prepare", "check", "prepare", "check", "prepare"]);
  expect(requests).toEqual([]);
});

test("a form's warning goes where the collection's go", async () => {
  register("count", {
    histories: (table, _, warn) => {
      warn?.("a column was renamed");
      return String(table.numRows);
    },
    table: () => "",
  });
  const { runs, warnings } = await open();
  await runs.histories({ format: "count" });
  expect(warnings).toEqual(["a column was renamed"]);
});

test("what arrived isn't lost by a form that fails", async () => {
  const fail = () => {
    throw new RangeError("too wide");
  };
  register("count", { histories: fail, table: fail });
  const { runs } = await open();
  const error = await runs.histories({ format: "count" }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(LazyrunsError);
  expect(error).toMatchObject({
    message:
      "The histories arrived, but no count frame could be made of them; the error's partial is their table. too wide",
    cause: { message: "too wide" },
  });
  expect((error as LazyrunsError).partial).toBeInstanceOf(HistoryTable);
  expect(((error as LazyrunsError).partial as HistoryTable).numRows).toBe(2);
  const failed = await runs.table({ config: ["lr"], format: "count" }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(LazyrunsError);
  expect((failed as LazyrunsError).partial).toBeInstanceOf(RunTable);
});

test("a format that isn't known is refused, saying where it comes from", async () => {
  const { runs, requests } = await open();
  const messageFor = async (format: string) => {
    const options = { format: format as keyof HistoryFormats };
    const error = await runs.histories(options).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(() => runs.historyStream(options)).toThrow((error as Error).message);
    await expect(runs.table(options as { format: "table" })).rejects.toThrow((error as Error).message);
    return (error as Error).message;
  };
  expect(await messageFor("polars")).toBe(
    'format is "polars"; it must be "default" or "table". "polars" comes with @lazyruns/dataframes: ' +
      'npm install @lazyruns/dataframes nodejs-polars@0.24.1, and then import "@lazyruns/dataframes" once.',
  );
  expect(await messageFor("pandas")).toContain('What Python calls "pandas" is called "danfo" here.');
  expect(await messageFor("arrow")).toContain("npm install @lazyruns/dataframes, and");
  expect(await messageFor("constructor")).toBe('format is "constructor"; it must be "default" or "table".');
  expect(await messageFor(3 as never)).toBe('format is 3; it must be "default" or "table".');
  expect(requests).toEqual([]);
});

test("a form needs a name that isn't core's own, and both functions", () => {
  for (const name of ["default", "table", "pandas", "", 1]) {
    expect(() => registerFormat(name as string, counting)).toThrow(InvalidArgumentError);
  }
  expect(() => registerFormat("half", { histories: counting.histories } as Format)).toThrow(
    "histories and table",
  );
});

test("histories without a single run have the columns that were asked for", async () => {
  const { runs } = await open([]);
  const columns = ["name", "config.lr"] as const;
  const table = await runs.histories({ keys: ["loss"], columns, format: "table" });
  expect(table.columnNames).toEqual(["run_id", "name", "config.lr", "_step", "loss"]);
  expect(table.numRows).toBe(0);
  expect((await runs.histories({ format: "table" })).columnNames).toEqual(["run_id"]);
  const types = table.columnNames.map((name) => table.column(name).dtype);
  expect(types).toEqual(["utf8", "utf8", "null", "int64", "null"]); // what only values could say stays open
  const known = { tags: "tags", at: "createdAt", lines: "historyLineCount" } as const;
  const more = await runs.histories({ xAxis: "_timestamp", columns: known, format: "table" });
  expect(more.columnNames.map((name) => more.column(name).dtype)).toEqual([
    "utf8",
    "json",
    "datetime",
    "int64",
    "float64",
  ]);
});

test("a form that reads once has each piece freed behind it, and a stream's tables stay whole", async () => {
  const runs = Array.from({ length: 40 }, (_, index) => ({
    id: `r${index}`,
    history: Array.from({ length: 500 }, (_, step) => ({ _step: step, loss: step / 7, note: `n${step}` })),
  }));
  const seen: { readonly values: Float64Array; readonly rows: number }[] = [];
  let whole: HistoryTable | undefined;
  register("count", {
    readsOnce: true,
    histories: (table) => {
      whole = table;
      let rows = 0;
      expect(table.column("loss").length).toBe(table.numRows);
      for (const piece of table.batches(1000)) {
        const loss = piece.column("loss");
        if (loss.dtype === "float64") seen.push({ values: loss.values, rows: piece.numRows });
        expect(piece.toRows()).toHaveLength(piece.numRows);
        rows += piece.numRows;
      }
      return String(rows);
    },
    table: () => "",
  });
  const { runs: collection } = await open(runs);
  expect(await collection.histories({ format: "count" })).toBe("20000");
  expect(seen.every(({ values, rows }) => values.length === rows)).toBe(true); // what was copied out stays
  expect(whole?.toRows()).toEqual([]);
  expect(whole?.column("loss").length).toBe(0);
  const tables: HistoryTable[] = [];
  for await (const { table, history } of collection.historyStream({ format: "count" })) {
    expect(history).toBe("500");
    tables.push(table);
  }
  expect(HistoryTable.concat(tables).toRows()).toHaveLength(20_000);
});

test("what a form that reads once had freed before it failed isn't offered as what arrived", async () => {
  register("count", {
    readsOnce: true,
    histories: (table) => {
      for (const _ of table.batches(1)) if (seen++ === 1) throw new Error("full");
      return "";
    },
    table: () => "",
  });
  let seen = 0;
  const { runs } = await open();
  const error = await runs.histories({ format: "count" }).catch((error: unknown) => error);
  expect(error).toMatchObject({
    message: "The histories arrived, but no count frame could be made of them. full",
  });
  expect(error).not.toHaveProperty("partial");
});

test("what a form that reads once kept whole can be read again and again", async () => {
  register("count", {
    readsOnce: true,
    histories: () => {
      throw new Error("full");
    },
    table: () => "",
  });
  const { runs } = await open();
  const error = await runs.histories({ format: "count" }).catch((error: unknown) => error);
  const partial = (error as LazyrunsError).partial as HistoryTable;
  for (let time = 0; time < 2; time++) {
    expect([...partial.batches(1)].flatMap((piece) => piece.toRows())).toEqual(partial.toRows());
    expect(partial.toRows()).toHaveLength(2);
  }
});

/** A server that gives no rows for run b. */
async function withoutB() {
  const { service } = await faultServer(({ query, variables }, response) => {
    const answer = JSON.parse(modelAnswer({ query, variables }, project));
    for (const { node } of answer.data.project.runs.edges)
      if (node.name === "b" && node.history) node.history = 5;
    response.end(JSON.stringify(answer));
    return undefined;
  });
  return new Runs(service, "team", "digits");
}

test("when some runs can't be had, the others come in the form, or as a table where it fails", async () => {
  register("count", counting);
  const error = await (await withoutB()).histories({ format: "count" }).catch((error: unknown) => error);
  expect(error).toMatchObject({ missing: ["b"], partial: "1 rows" });
  const fail = () => {
    throw new RangeError("too wide");
  };
  register("count", { histories: fail, table: fail });
  const failed = await (await withoutB()).histories({ format: "count" }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ missing: ["b"] });
  expect((failed as { partial: HistoryTable }).partial.toRows()).toEqual([
    { run_id: "a", _step: 0, loss: 1 },
  ]);
});

test("no form is made for who has gone", async () => {
  let made = 0;
  register("count", { histories: () => String(made++), table: () => String(made++) });
  const { runs } = await open();
  const controller = new AbortController();
  const options = {
    format: "count",
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("gone")),
  } as const;
  await expect(runs.histories(options)).rejects.toThrow("gone");
  const thrown = () => {
    throw new Error("broken listener");
  };
  await expect(runs.histories({ format: "count", onProgress: thrown })).rejects.toThrow("broken listener");
  expect(made).toBe(0);
});

test("where nobody listens, a form isn't given anybody to tell", async () => {
  const told: unknown[] = [];
  register("count", {
    histories: (_, __, warn) => String(told.push(warn)),
    table: (_, __, warn) => String(told.push(warn)),
  });
  const { service } = await open();
  const silent = new Runs(service, "team", "digits");
  await silent.histories({ format: "count" });
  await silent.table({ config: ["lr"], format: "count" });
  expect(told).toEqual([undefined, undefined]);
});
