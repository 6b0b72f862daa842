import { flatten } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../errors.ts";
import { faultServer } from "../../testing/fault-server.ts";
import { ListedProject } from "../../testing/listed-project.ts";
import type { RunValue } from "../../values.ts";
import type { RunsOptions } from "../options.ts";
import { Runs } from "../runs.ts";
import { keysToAsk, pick } from "./keys.ts";
import type { RunTable } from "./run-table.ts";

async function open(count: number, options: RunsOptions = {}) {
  const project = new ListedProject(count);
  const { service, requests } = await faultServer((request) => project.answer(request));
  return { project, requests, runs: new Runs(service, "team", "digits", options) };
}

describe("a table of chosen keys", () => {
  test("has one row a run with the keys asked for, which come with the listing's pages", async () => {
    const { requests, runs } = await open(120);
    const rows = await runs.table({
      config: ["opt.lr", "none"],
      summary: ["loss"],
      fields: ["name", "createdAt"],
    });
    expect(rows).toHaveLength(120);
    expect(rows[2]).toEqual({
      run_id: "r2",
      name: "run r2",
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 2)),
      "config.opt.lr": 0.2,
      "config.none": null,
      "summary.loss": -2,
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.variables).toMatchObject({
      first: 1000,
      configKeys: ["opt", "opt.lr", "none"],
      summaryKeys: ["loss"],
    });
    expect(requests[0]?.query).not.toMatch(/tags|systemMetrics/);
  });

  test("asks for nothing of the part that has no keys", async () => {
    const { requests, runs } = await open(3);
    expect((await runs.table({ summary: ["loss"] }))[1]).toEqual({
      run_id: "r1",
      name: "run r1",
      state: "finished",
      "summary.loss": -1,
    });
    expect(requests[0]?.query).not.toContain("config");
    expect(await runs.table({ config: [], fields: ["id"] })).toEqual(
      ["r0", "r1", "r2"].map((id) => ({ run_id: id, id })),
    );
  });

  test("goes by start, limit and perPage, and leaves the collection as it is", async () => {
    const { requests, runs } = await open(40, { start: 5, limit: 20, perPage: 8 });
    const seen: number[][] = [];
    const rows = await runs.table({
      config: ["index"],
      fields: [],
      onProgress: ({ done, total }) => seen.push([done, total]),
    });
    expect(rows.map((row) => row["config.index"])).toEqual([...Array(20).keys()].map((index) => index + 5));
    expect(seen).toEqual([
      [8, 20],
      [16, 20],
      [20, 20],
    ]);
    expect(requests.map(({ variables }) => variables.first)).toEqual([5, 8, 8, 8]);
    expect((await runs.at(0))?.isLoaded).toBe(false);
  });

  test("is chosen here where the server can't choose, which is remembered for the connection", async () => {
    const project = new ListedProject(120);
    const { service, requests } = await faultServer((request, response) => {
      if (!request.query.includes("(keys")) return project.answer(request);
      response.statusCode = 400;
      response.end('{"errors":[{"message":"Unknown argument \\"keys\\" on field \\"Run.config\\"."}]}');
      return undefined;
    });
    const runs = new Runs(service, "team", "digits", { perPage: 1000 });
    const question = { config: ["opt.lr"], fields: [] } as const;
    expect((await runs.table(question))[119]).toEqual({ run_id: "r119", "config.opt.lr": 11.9 });
    expect(requests).toHaveLength(4); // refused, listed, and loaded by two requests
    await new Runs(service, "team", "digits", { perPage: 1000 }).table(question);
    expect(requests).toHaveLength(7);
  });
});

describe("a table of all keys", () => {
  test("has the union of what runs hold, flattened, absent values null", async () => {
    const { project, runs } = await open(0);
    const at = { createdAt: "2026-01-01T00:00:00Z" };
    project.runs = [
      {
        ...at,
        name: "a",
        config: { lr: { value: 1 }, _wandb: { value: {} } },
        summary: { "b.c": 1, b: { d: [1] } },
      },
      { ...at, name: "c", config: { lr: { value: { min: 1 } }, empty: { value: {} } } },
    ];
    expect(await runs.table({ fields: [] })).toEqual([
      {
        run_id: "a",
        "config.empty": null,
        "config.lr": 1,
        "config.lr.min": null,
        "summary.b.c": 1,
        "summary.b.d": [1],
      },
      {
        run_id: "c",
        "config.empty": {},
        "config.lr": null,
        "config.lr.min": 1,
        "summary.b.c": null,
        "summary.b.d": null,
      },
    ]);
  });

  test("asks for nothing when the runs are full, and gives columns", async () => {
    const { requests, runs } = await open(30, { lazy: false });
    await runs.toArray();
    const table = await runs.table({ format: "table" });
    expect(requests).toHaveLength(1);
    expect(table.numRows).toBe(30);
    expect(table.columnNames).toEqual([
      "run_id",
      "name",
      "state",
      "config.index",
      "config.opt.lr",
      "summary.loss",
    ]);
    expect(table.column("config.index")).toEqual([...Array(30).keys()]);
    expect(table.toRows()[1]).toMatchObject({ run_id: "r1", "summary.loss": -1 });
    expect(() => table.column("lr")).toThrow(/no column "lr"; there are: run_id, name/);
  });

  test("leaves out and reports a run that was deleted meanwhile", async () => {
    const project = new ListedProject(3);
    const { service } = await faultServer((request) => {
      if (request.number === 2) project.delete("r1");
      return project.answer(request);
    });
    const warnings: (string | undefined)[] = [];
    const runs = new Runs(service, "team", "digits", { onWarning: ({ run }) => warnings.push(run) });
    expect((await runs.table()).map((row) => row.run_id)).toEqual(["r0", "r2"]);
    expect(warnings).toEqual(["r1"]);
  });
});

describe("a table that doesn't come whole", () => {
  /** A project of so many runs, some of which are refused when whole runs are loaded. */
  async function refusing(count: number, statusFor: (ids: readonly string[]) => number | undefined) {
    const project = new ListedProject(count);
    const { service } = await faultServer((request, response) => {
      const { name } = JSON.parse(String(request.variables.filters ?? "{}")) as { name?: { $in: string[] } };
      const status = name && statusFor(name.$in);
      if (status === undefined) return project.answer(request);
      response.writeHead(status).end("{}");
      return undefined;
    });
    return new Runs(service, "team", "digits", { perPage: 1000 });
  }

  test("for one run that is too much has the others, and names it", async () => {
    const runs = await refusing(60, (ids) => (ids.includes("r7") ? 413 : undefined));
    const error = await runs.table({ fields: [] }).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "ServerError", status: 413, missing: ["r7"] });
    expect((error as Error).message).toMatch(/^The table of team\/digits came but for run r7 /);
    const { partial } = error as { partial: { run_id: string }[] };
    expect(partial.map((row) => row.run_id)).toEqual(
      [...Array(60).keys()].filter((index) => index !== 7).map((index) => `r${index}`),
    );
  });

  test("for an error of the server's has what came before, in the form asked for, and names all the rest", async () => {
    const runs = await refusing(260, (ids) => (ids.includes("r130") ? 400 : undefined));
    const error = await runs.table({ format: "table" }).catch((error: unknown) => error);
    const { partial, missing, message } = error as {
      partial: RunTable;
      missing: string[];
      message: string;
    };
    const ids = [...Array(260).keys()].map((index) => `r${index}`);
    expect(partial.column("run_id")).toEqual(ids.slice(0, 50)); // the request for the next hundred holds r130
    expect(missing).toEqual(ids.slice(50));
    expect(message).not.toContain("of 100 runs");
  });

  test("ends when run after run can't be had", async () => {
    let singles = 0;
    const runs = await refusing(60, (ids) => {
      if (ids.length === 1) singles++;
      return 413;
    });
    const error = await runs.table().catch((error: unknown) => error);
    expect(error).toMatchObject({
      status: 413,
      missing: expect.objectContaining({ length: 60 }),
      partial: [],
    });
    expect(singles).toBeLessThan(25);
  });

  test("of chosen keys has the pages that came", async () => {
    const project = new ListedProject(30);
    const { service } = await faultServer((request, response) => {
      if (request.number < 3) return project.answer(request);
      response.writeHead(400).end("{}");
      return undefined;
    });
    const runs = new Runs(service, "team", "digits", { perPage: 10 });
    const error = await runs.table({ config: ["index"] }).catch((error: unknown) => error);
    expect((error as { partial: object[] }).partial).toHaveLength(20);
  });
});

test("a signal ends a table's wait", async () => {
  const stop = new AbortController();
  const { service } = await faultServer(() => {
    stop.abort(new Error("enough"));
    return undefined;
  });
  const runs = new Runs(service, "team", "digits");
  await expect(runs.table({ config: ["lr"], signal: stop.signal })).rejects.toThrow("enough");
  await expect(runs.table({ signal: stop.signal })).rejects.toThrow("enough");
});

test.each([
  [{ config: "lr" }, /config is "lr"; it must be a list of keys/],
  [{ summary: [3] }, /summary\[0\] is 3/],
  [{ config: ["a", ""] }, /config\[1\] is ""/],
  [{ fields: ["lr"] }, /fields\[0\] is "lr"; it must be "id" or "name"/],
  [{ fields: [undefined] }, /fields\[0\] is null/],
  [{ fields: "name" }, /fields is "name"/],
  [{ format: "csv" }, /format is "csv"; it must be "default" or "table"/],
])("%j is refused before anything is sent", async (options, message) => {
  const { requests, runs } = await open(1);
  await expect(runs.table(options as never)).rejects.toThrow(message);
  await expect(runs.table(options as never)).rejects.toBeInstanceOf(InvalidArgumentError);
  expect(requests).toHaveLength(0);
});

describe("dotted keys", () => {
  test("are asked for in every reading", () => {
    expect(keysToAsk(["a.b.c", "a", ".x", "y."])).toEqual(["a", "a.b", "a.b.c", ".x", "y."]);
  });

  test.each<[string, Record<string, RunValue>, RunValue | undefined]>([
    ["a key of its own first", { "a.b": 1, a: { b: 2 } }, 1],
    ["nested", { a: { b: 2 } }, 2],
    ["not there", { a: [1], b: 1 }, undefined],
    ["null", { a: { b: null } }, null],
    ["the prototype's names aren't keys", { a: {} }, undefined],
  ])("%s", (_, values, expected) => {
    expect(pick(values, "a.b")).toBe(expected);
    expect(pick({ x: {} }, "x.constructor")).toBeUndefined();
  });

  test("take the longest key that is real", () => {
    expect(pick({ a: { "b.c": 1 }, "a.b": { c: 2 } }, "a.b.c")).toBe(2);
    expect(pick({ a: { "b.c": 1 } }, "a.b.c")).toBe(1);
  });

  test("every column of a flattened value is picked by its name, from what is asked for", () => {
    const key = fc.constantFrom("a", "b", "a.b", "b.a", "a.b.a", "");
    const { values } = fc.letrec<{ value: RunValue; values: Record<string, RunValue> }>((tie) => ({
      value: fc.oneof({ depthSize: "small" }, fc.integer(), fc.constant<RunValue>([1]), tie("values")),
      values: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(values, (values) => {
        const flat = flatten(values);
        for (const name of flat.keys()) {
          if (name.split(".").includes("")) continue;
          const asked = keysToAsk([name]);
          const sent = Object.fromEntries(Object.entries(values).filter(([key]) => asked.includes(key)));
          expect(pick(sent, name)).toBeDefined();
        }
      }),
    );
  });

  test("leave media objects whole", () => {
    const histogram = { _type: "histogram", values: [1], bins: [0, 1] };
    expect([...flatten({ h: histogram, a: { h: histogram } })]).toEqual([
      ["a.h", histogram],
      ["h", histogram],
    ]);
  });
});
