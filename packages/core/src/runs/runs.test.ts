import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError, LazyrunsError, NotFoundError, ProtocolError } from "../errors.ts";
import type { RunsCheckpoint } from "../listing/checkpoint.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import type { RunsOptions } from "./options.ts";
import type { Run } from "./run.ts";
import { Runs } from "./runs.ts";

/** Answers listings from `ids` by offset, as W&B does, and anything about chosen runs. */
function answer({ query, variables }: FaultRequest, ids: readonly string[]): object {
  const { first, after, filters } = variables as { first: number; after?: string; filters: string };
  if (!("first" in variables)) return { project: { runCount: ids.length } };
  if (!("after" in variables)) {
    const chosen = (JSON.parse(filters) as { name: { $in: string[] } }).name.$in.filter((id) =>
      ids.includes(id),
    );
    const nodes = chosen.reverse().map((name) => ({
      name,
      config: `{"lr":{"value":1},"_wandb":{"value":{}},"bare":2,"id":{"value":"${name}"}}`,
      summaryMetrics: '{"loss":NaN}',
      systemMetrics: null,
      history: [`{"_step":0,"loss":NaN,"big":12345678901234567890}`],
      sampledHistory: [
        [
          { _step: 0, loss: "NaN", text: "NaN" },
          { _step: 1, loss: 1, text: "other" },
        ],
      ],
    }));
    return { project: { runs: { edges: nodes.map((node) => ({ node })) } } };
  }
  const start = after === null ? 0 : Number(after) + 1;
  const edges = ids.slice(start, start + first).map((name, index) => ({
    cursor: String(start + index),
    node: {
      id: `storage-${name}`,
      name,
      displayName: `run ${name}`,
      state: "finished",
      tags: null,
      user: null,
      createdAt: "2026-01-02T03:04:05",
    },
  }));
  expect(query).toContain("runCount");
  return {
    project: {
      runCount: ids.length,
      runs: { edges, pageInfo: { endCursor: null, hasNextPage: start + first < ids.length } },
    },
  };
}

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

async function open(count: number, options: RunsOptions = {}) {
  const ids = idsUpTo(count);
  const { service, requests } = await faultServer((request) => answer(request, ids));
  return { ids, requests, service, runs: new Runs(service, "team", "digits", options) };
}

const idsOf = (runs: readonly Run[]) => runs.map(({ id }) => id);

async function collect(runs: Runs): Promise<string[]> {
  const ids: string[] = [];
  for await (const run of runs) ids.push(run.id);
  return ids;
}

describe("going over runs", () => {
  test("gives each once, in order, and remembers them", async () => {
    const { ids, requests, runs } = await open(120, { perPage: 50 });
    expect(await collect(runs)).toEqual(ids);
    expect(await collect(runs)).toEqual(ids);
    expect(await runs.length).toBe(120);
    expect(requests.map(({ variables }) => variables.first)).toEqual([50, 50, 50]);
  });

  test("is independent of other loops", async () => {
    const { runs } = await open(12, { perPage: 5 });
    let pairs = 0;
    for await (const _ of runs) for await (const __ of runs) pairs++;
    expect(pairs).toBe(144);
  });

  test("takes larger pages when no size is given", async () => {
    const { ids, requests, runs } = await open(120);
    expect(await collect(runs)).toEqual(ids);
    expect(requests.map(({ variables }) => variables.first)).toEqual([50, 1000]);
  });

  test("fetches nothing before it begins, one page for the first run, and never more than a page ahead", async () => {
    const { requests, runs } = await open(120, { perPage: 10 });
    expect(requests).toHaveLength(0);
    for await (const _ of runs) break;
    expect(requests).toHaveLength(1);
    let seen = 0;
    for await (const _ of runs) if (++seen === 12) break;
    await runs.at(29);
    expect(requests).toHaveLength(3);
  });

  test("survives a project that is empty", async () => {
    const { runs } = await open(0);
    expect(await runs.toArray()).toEqual([]);
    expect(await runs.at(0)).toBeUndefined();
    expect(await runs.histories()).toEqual([]);
  });

  test("goes on after a page that failed", async () => {
    const ids = idsUpTo(4);
    let broken = true;
    const { service } = await faultServer((request, response) => {
      if (request.number > 1 && broken) return void response.writeHead(400).end();
      return answer(request, ids);
    });
    const runs = new Runs(service, "team", "digits", { perPage: 2 });
    await expect(collect(runs)).rejects.toThrow("HTTP 400");
    broken = false;
    expect(await collect(runs)).toEqual(ids);
  });

  test("leaves out a run that comes twice because others were created meanwhile", async () => {
    const { service } = await faultServer((request) =>
      answer(request, request.number === 1 ? ["a", "b", "c"] : ["new", "a", "b", "c"]),
    );
    expect(await collect(new Runs(service, "team", "digits", { perPage: 2 }))).toEqual(["a", "b", "c"]);
  });

  test("ends with an error when the cursor goes in a circle", async () => {
    const { service, requests } = await faultServer((request) => {
      const page = answer({ ...request, variables: { ...request.variables, after: null } }, idsUpTo(5));
      return page;
    });
    await expect(collect(new Runs(service, "team", "digits", { perPage: 2 }))).rejects.toThrow(ProtocolError);
    expect(requests).toHaveLength(2);
  });
});

describe("pages", () => {
  test("share the collection's memory, with the next page under way", async () => {
    const { ids, requests, runs } = await open(25, { perPage: 10 });
    for await (const page of runs.pages()) {
      expect(idsOf(page)).toEqual(ids.slice(0, 10));
      break;
    }
    expect(await collect(runs)).toEqual(ids);
    const sizes: number[] = [];
    for await (const page of runs.pages()) sizes.push(page.length);
    expect(sizes).toEqual([10, 10, 5]);
    expect(requests).toHaveLength(3);
  });

  test("that aren't kept leave the collection empty, and load by the page", async () => {
    const { ids, requests, runs } = await open(25, { perPage: 10 });
    const seen: string[] = [];
    for await (const page of runs.pages({ keep: false })) {
      for (const run of page) seen.push(String((await run.load()).config.id));
    }
    expect(seen).toEqual(ids);
    expect(requests).toHaveLength(6);
    expect(inspect(runs)).toBe("Runs team/digits (not fetched yet)");
  });

  test.each([true, false])("end by a signal and fail as a loop does, keep: %s", async (keep) => {
    const { runs } = await open(25, { perPage: 10 });
    const stop = new AbortController();
    const all = async () => {
      for await (const _ of runs.pages({ keep, signal: stop.signal })) stop.abort(new Error("enough"));
    };
    await expect(all()).rejects.toThrow("enough");
    const { service } = await faultServer(() => ({ project: null }));
    const none = new Runs(service, "team", "digist").pages({ keep });
    await expect(none.next()).rejects.toBeInstanceOf(NotFoundError);
  });

  test("say from where to go on", async () => {
    const { ids, runs, service } = await open(25, { perPage: 10 });
    for await (const page of runs.pages({ keep: false })) {
      const resume = JSON.parse(JSON.stringify(page.checkpoint));
      const rest = new Runs(service, "team", "digits", { resume, limit: 12 });
      const first = ids.indexOf(page.at(-1)?.id ?? "") + 1;
      expect(await collect(rest)).toEqual(ids.slice(first, first + 12));
      expect(await rest.length).toBe(Math.min(12, 25 - first));
    }
    expect(() => runs.pages({ keep: 1 as never })).toThrow(InvalidArgumentError);
  });
});

describe("a checkpoint", () => {
  test("stands behind the farthest run that was given, or behind the one named", async () => {
    const { ids, runs, service } = await open(25, { perPage: 10 });
    const rest = (resume: RunsCheckpoint) => collect(new Runs(service, "team", "digits", { resume }));
    expect(await rest(runs.checkpoint())).toEqual(ids);
    for await (const run of runs) {
      if (run.id === "r12") break;
    }
    const [first] = await runs.slice(3, 4);
    expect(await rest(runs.checkpoint())).toEqual(ids.slice(13));
    expect(await rest(runs.checkpoint(first))).toEqual(ids.slice(4));
    await runs.at(-1);
    expect(await rest(runs.checkpoint())).toEqual([]);
    const other = await new Runs(service, "team", "digits").at(0);
    expect(() => runs.checkpoint(other)).toThrow(/given "r0"; it must be a run that this collection gave/);
  });

  test("is small, and holds while runs pass over start", async () => {
    const { ids, runs, service } = await open(25, { start: 5, limit: 15, perPage: 10 });
    const rest = (resume: RunsCheckpoint) => collect(new Runs(service, "team", "digits", { resume }));
    expect(await runs.length).toBe(15);
    expect(await rest(runs.checkpoint())).toEqual(ids.slice(5));
    expect(await collect(runs)).toEqual(ids.slice(5, 20));
    expect(await rest(runs.checkpoint())).toEqual(ids.slice(20));
    expect(JSON.stringify(runs.checkpoint()).length).toBeLessThan(400);
  });

  test("of another listing is refused, and so is one that was changed", async () => {
    const { runs, service } = await open(25);
    await runs.at(3);
    const resume = runs.checkpoint();
    const refusal = (project: string, options: object) => () => new Runs(service, "team", project, options);
    expect(refusal("digist", { resume })).toThrow(/another listing than team\/digist/);
    expect(refusal("digits", { resume, order: "-created_at" })).toThrow(/another listing/);
    expect(refusal("digits", { resume, filters: { state: "failed" } })).toThrow(InvalidArgumentError);
    for (const changed of [
      { ...resume, position: 7 },
      { ...resume, cursor: "9" },
      { ...resume, runs: [...resume.runs, "x"] },
      { ...resume, version: 2 },
      JSON.stringify(resume),
      7,
      [],
    ]) {
      expect(refusal("digits", { resume: changed })).toThrow(
        /must be a value that runs\.checkpoint\(\) gave/,
      );
    }
  });
});

describe("at and slice", () => {
  test("fetch no page behind what is asked for", async () => {
    const { requests, runs } = await open(120, { perPage: 10 });
    expect((await runs.at(3))?.id).toBe("r3");
    expect(requests).toHaveLength(1);
    expect(idsOf(await runs.slice(8, 12))).toEqual(["r8", "r9", "r10", "r11"]);
    expect(requests).toHaveLength(2);
    expect(await runs.slice(5, 5)).toEqual([]);
    expect(await runs.slice(100, 3)).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  test("count from the end like an array's", async () => {
    const { ids, runs } = await open(25, { perPage: 10 });
    expect((await runs.at(-1))?.id).toBe("r24");
    expect(await runs.at(-26)).toBeUndefined();
    expect(await runs.at(25)).toBeUndefined();
    for (const [start, end] of [
      [0, undefined],
      [-3, undefined],
      [0, -1],
      [-5, -2],
      [3, 100],
      [undefined, undefined],
    ] as const) {
      expect(idsOf(await runs.slice(start, end))).toEqual(ids.slice(start, end));
    }
  });
});

describe("a signal that aborts", () => {
  /** A server that answers nothing while it is held. */
  async function held() {
    const ids = idsUpTo(25);
    let isHeld = true;
    let ended = 0;
    const server = await faultServer((request, response) => {
      if (!isHeld) return answer(request, ids);
      response.on("close", () => ended++);
      return undefined;
    });
    const runs = new Runs(server.service, "team", "digits", { perPage: 10 });
    const release = () => {
      isHeld = false;
    };
    return { ids, runs, release, requests: server.requests, ended: () => ended };
  }

  test.each<[string, (runs: Runs, signal: AbortSignal) => Promise<unknown>]>([
    ["at", (runs, signal) => runs.at(0, { signal })],
    ["slice", (runs, signal) => runs.slice(0, 20, { signal })],
    ["toArray", (runs, signal) => runs.toArray({ signal })],
    ["count", (runs, signal) => runs.count({ signal })],
    ["pages", (runs, signal) => runs.pages({ signal }).next()],
  ])("ends the request of %s, and a new one can be made at once", async (_, read) => {
    const { ids, runs, release, requests, ended } = await held();
    const stop = new AbortController();
    const failing = expect(read(runs, stop.signal)).rejects.toThrow("enough");
    await expect.poll(() => requests.length).toBe(1);
    stop.abort(new Error("enough"));
    release();
    expect(await runs.length).toBe(25);
    expect(await collect(runs)).toEqual(ids);
    await failing;
    await expect.poll(ended).toBe(1);
  });

  test("ends no request that somebody else waits for", async () => {
    const { runs, requests, ended } = await held();
    const [one, other] = [new AbortController(), new AbortController()];
    const reading = [runs.at(0, one), runs.at(3, other)];
    await expect.poll(() => requests.length).toBe(1);
    one.abort(new Error("one"));
    await expect(reading[0]).rejects.toThrow("one");
    expect(ended()).toBe(0);
    other.abort(new Error("other"));
    await expect(reading[1]).rejects.toThrow("other");
    await expect.poll(ended).toBe(1);
  });

  test("asks for nothing when it has aborted before", async () => {
    const { runs, requests } = await held();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(runs.at(0, { signal })).rejects.toThrow("enough");
    await expect(runs.count({ signal })).rejects.toThrow("enough");
    await expect(runs.pages({ signal }).next()).rejects.toThrow("enough");
    expect(requests).toHaveLength(0);
  });
});

describe("a page that is fetched ahead", () => {
  /** A server that answers the first page alone. */
  async function held() {
    const ids = idsUpTo(25);
    const { service, requests } = await faultServer((request) =>
      request.variables.after === null ? answer(request, ids) : undefined,
    );
    const runs = new Runs(service, "team", "digits", { perPage: 10 });
    const isAhead = () => expect.poll(() => requests.length).toBe(2);
    return { service, runs, isAhead };
  }

  test("is ended when the last loop is left, so that close() doesn't wait for it", async () => {
    const { service, runs } = await held();
    for await (const run of runs) if (run.id === "r2") break;
    await service.close();
  }, 5000);

  test("is ended in the midst of its request", async () => {
    const { service, runs, isAhead } = await held();
    for await (const run of runs) {
      if (run.id === "r1") await isAhead();
      if (run.id === "r2") break;
    }
    await service.close();
  }, 5000);

  test("is ended when pages() is left, or its signal aborts", async () => {
    const one = await held();
    for await (const _ of one.runs.pages()) {
      await one.isAhead();
      break;
    }
    await one.service.close();
    const other = await held();
    const stop = new AbortController();
    await other.runs.pages({ signal: stop.signal }).next();
    await other.isAhead();
    stop.abort();
    await other.service.close();
  }, 5000);

  test("goes on while another loop does", async () => {
    const ids = idsUpTo(25);
    let answerSecond: () => void = () => undefined;
    const { service, requests } = await faultServer((request, response) => {
      if (request.variables.after === null || requests.length > 2) return answer(request, ids);
      answerSecond = () => response.end(JSON.stringify({ data: answer(request, ids) }));
      return undefined;
    });
    const runs = new Runs(service, "team", "digits", { perPage: 10 });
    const other = runs[Symbol.asyncIterator]();
    await other.next();
    for await (const run of runs) {
      if (run.id === "r1") await expect.poll(() => requests.length).toBe(2);
      if (run.id === "r2") break;
    }
    answerSecond();
    const rest: string[] = [];
    for (let next = await other.next(); !next.done; next = await other.next()) rest.push(next.value.id);
    expect(rest).toEqual(ids.slice(1));
    expect(requests).toHaveLength(3);
  });
});

describe("length", () => {
  test("is one small request, remembered, and asked by nothing but its reader", async () => {
    const { requests, runs } = await open(7);
    expect(inspect(runs, { showHidden: true, depth: 5 })).toBe("Runs team/digits (not fetched yet)");
    expect({ ...runs }).toEqual({ entity: "team", project: "digits" });
    expect(requests).toHaveLength(0);
    expect(await runs.length).toBe(7);
    expect(await runs.count()).toBe(7);
    expect(requests).toHaveLength(1);
  });

  test("that fails is asked for anew, and doesn't reject unheard", async () => {
    const { service } = await faultServer((request, response) =>
      request.number === 1 ? void response.writeHead(400).end() : { project: { runCount: 3 } },
    );
    const runs = new Runs(service, "team", "digits");
    runs.length; // nobody listens: an unhandled rejection would fail this test run
    await expect.poll(() => runs.length.catch(() => "failed")).toBe(3);
  });
});

describe("lazy runs", () => {
  test("say how to load what they lack", async () => {
    const { runs } = await open(1);
    const run = await runs.at(0);
    expect(() => (run as unknown as { config: object }).config).toThrow(LazyrunsError);
    expect(() => (run as unknown as { config: object }).config).toThrow(
      /config of run r0 \(team\/digits\) is not loaded. Call `await run\.load\(\)`/,
    );
    expect(inspect(run)).toBe('Run r0 "run r0" (finished; not loaded)');
    expect(run).toMatchObject({
      user: null,
      tags: [],
      group: null,
      createdAt: new Date("2026-01-02T03:04:05Z"),
    });
  });

  test("are loaded a page at a time by a loop that loads each", async () => {
    const { requests, runs } = await open(120, { perPage: 50 });
    for await (const run of runs) {
      const full = await run.load();
      expect(full).toBe(run);
      expect(full.config).toEqual({ lr: 1, bare: 2, id: run.id });
      expect(full.summary).toEqual({ loss: Number.NaN });
      expect(full.systemMetrics).toEqual({});
    }
    expect(requests).toHaveLength(6);
  });

  test("asked for in the same tick are loaded in the same requests", async () => {
    const { requests, runs } = await open(120, { perPage: 1000 });
    const all = await runs.toArray();
    await Promise.all(all.map((run) => run.load()));
    expect(requests.map(({ variables }) => variables.first)).toEqual([1000, 50, 70]);
    await Promise.all(all.map((run) => run.load()));
    expect(requests).toHaveLength(3);
  });

  test("that were deleted meanwhile are named", async () => {
    let ids = idsUpTo(3);
    const { service } = await faultServer((request) => answer(request, ids));
    const runs = await new Runs(service, "team", "digits").toArray();
    ids = ["r0", "r2"];
    await expect(runs[1]?.load()).rejects.toThrow(NotFoundError);
    await expect(runs[1]?.load()).rejects.toThrow(/Run r1 of team\/digits is gone/);
    expect((await runs[2]?.load())?.config.id).toBe("r2");
  });

  test("a signal ends one caller's wait and no other's", async () => {
    const { runs } = await open(3);
    const [first, second] = await runs.toArray();
    const stop = new AbortController();
    const one = first?.load({ signal: stop.signal });
    const other = second?.load();
    stop.abort(new Error("enough"));
    await expect(one).rejects.toThrow("enough");
    expect((await other)?.isLoaded).toBe(true);
  });

  test("a signal ends the request when nobody else waits for it, and a new one can be made at once", async () => {
    const ids = idsUpTo(5);
    let isHeld = true;
    let ended = 0;
    const { service, requests } = await faultServer((request, response) => {
      if (request.variables.after !== undefined || !isHeld) return answer(request, ids);
      response.on("close", () => ended++);
      return undefined;
    });
    const [first, second] = await new Runs(service, "team", "digits").toArray();
    const [one, other] = [new AbortController(), new AbortController()];
    const loads = [first?.load({ signal: one.signal }), second?.load({ signal: other.signal })];
    await expect.poll(() => requests.length).toBe(2);
    one.abort(new Error("one"));
    await expect(loads[0]).rejects.toThrow("one");
    expect(ended).toBe(0);
    other.abort(new Error("other"));
    await expect(loads[1]).rejects.toThrow("other");
    isHeld = false;
    expect((await first?.load())?.config.id).toBe("r0");
    await expect.poll(() => ended).toBe(1);
  });
});

describe("upgradeToFull", () => {
  test("loads in batches what is there, and nothing the second time", async () => {
    const { requests, runs } = await open(120, { perPage: 50 });
    await runs.toArray();
    const seen: number[] = [];
    const full = await runs.upgradeToFull({ onProgress: ({ done, total }) => seen.push(done / total) });
    expect(full).toBe(runs);
    expect((await full.at(119))?.config.id).toBe("r119");
    expect(requests.slice(3).map(({ variables }) => variables.first)).toEqual([50, 70]);
    expect(seen.at(-1)).toBe(1);
    await full.upgradeToFull();
    expect(requests).toHaveLength(5);
  });

  test("sends at most about 8 MB a request once it knows how heavy runs are", async () => {
    const ids = idsUpTo(110);
    const { service, requests } = await faultServer((request) => {
      if ("after" in request.variables) return answer(request, ids);
      const names = (JSON.parse(String(request.variables.filters)) as { name: { $in: string[] } }).name.$in;
      const config = JSON.stringify({ text: { value: "x".repeat(400_000) } });
      return {
        project: {
          runs: {
            edges: names.map((name) => ({
              node: { name, config, summaryMetrics: "{}", systemMetrics: "{}" },
            })),
          },
        },
      };
    });
    const runs = new Runs(service, "team", "digits", { perPage: 1000 });
    await runs.toArray();
    await runs.upgradeToFull();
    expect(requests.slice(1).map(({ variables }) => variables.first)).toEqual([50, 19, 19, 19, 3]);
  });

  test("makes what is fetched from then on full, and reports a run that is gone", async () => {
    let ids = idsUpTo(4);
    const { service, requests } = await faultServer((request) => answer(request, ids));
    const warnings: (string | undefined)[] = [];
    const runs = new Runs(service, "team", "digits", {
      perPage: 2,
      onWarning: ({ run }) => warnings.push(run),
    });
    await runs.at(0);
    ids = ["r0", "r2", "r3"];
    await runs.upgradeToFull();
    expect(warnings).toEqual(["r1"]);
    await runs.toArray();
    expect(requests.at(-1)?.query).toContain("summaryMetrics");
  });
});

describe("histories", () => {
  test("come in the runs' order with their ids, numbers as they were logged", async () => {
    const { ids, requests, runs } = await open(120, { perPage: 50 });
    const seen: number[] = [];
    const rows = await runs.histories({ onProgress: ({ done }) => seen.push(done) });
    expect(rows.map((row) => row.run_id)).toEqual(ids);
    expect(rows[0]).toEqual({ _step: 0, loss: Number.NaN, big: 12345678901234567890n, run_id: "r0" });
    expect(requests).toHaveLength(6);
    expect(seen.at(-1)).toBe(120);
  });

  test("with keys ask for the x axis and the keys, and tell NaN from text", async () => {
    const { requests, runs } = await open(1);
    const rows = await runs.histories({ keys: ["loss", "text"], samples: 7 });
    expect(requests.at(-1)?.variables.specs).toEqual(['{"keys":["_step","loss","text"],"samples":7}']);
    expect(rows).toEqual([
      { _step: 0, loss: Number.NaN, text: "NaN", run_id: "r0" },
      { _step: 1, loss: 1, text: "other", run_id: "r0" },
    ]);
  });

  test("leave out and report a run that was deleted meanwhile", async () => {
    let ids = idsUpTo(3);
    const { service } = await faultServer((request) => answer(request, ids));
    const warnings: (string | undefined)[] = [];
    const runs = new Runs(service, "team", "digits", { onWarning: ({ run }) => warnings.push(run) });
    await runs.toArray();
    ids = ["r0", "r2"];
    expect((await runs.histories()).map((row) => row.run_id)).toEqual(["r0", "r2"]);
    expect(warnings).toEqual(["r1"]);
  });

  test.each([
    [{ samples: 0 }, /samples is 0; .* at least 1/],
    [{ samples: 1.5 }, /samples/],
    [{ format: "pandas" }, /format is "pandas".*called "danfo" here/],
    [{ format: "csv" }, /format is "csv"; it must be "default"/],
    [{ stream: "events" }, /stream is "events"; it must be "default" or "system"/],
    [{ keys: "loss" }, /keys is "loss"/],
    [{ keys: [] }, /keys is \[\]/],
    [{ keys: [3] }, /keys\[0\] is 3/],
    [{ keys: ["run_id"] }, /own field/],
    [{ xAxis: "" }, /xAxis/],
  ])("refuse %j before anything is sent", async (options, message) => {
    const { requests, runs } = await open(1);
    const call = runs.histories(options as never);
    await expect(call).rejects.toThrow(message);
    await expect(call).rejects.toBeInstanceOf(InvalidArgumentError);
    expect(requests).toHaveLength(0);
  });
});

describe("sweeps", () => {
  const sweep = {
    id: "U3dlZXA",
    name: "sw1",
    displayName: "learning rates",
    state: "RUNNING",
    config: "method: grid\n",
  };
  const page = (node: object) => ({
    project: {
      runCount: 1,
      runs: {
        edges: [{ cursor: "0", node: { name: "r0", sweepName: "sw1", ...node } }],
        pageInfo: { endCursor: "0", hasNextPage: false },
      },
    },
  });
  const expected = { id: "sw1", name: "learning rates", state: "RUNNING", config: { method: "grid" } };

  test("come in the same request as the runs", async () => {
    const { service, requests } = await faultServer(() => page({ sweep }));
    expect((await new Runs(service, "team", "digits").at(0))?.sweep).toEqual(expected);
    expect(requests).toHaveLength(1);
  });

  test("aren't asked for without includeSweeps", async () => {
    const { service, requests } = await faultServer(() => page({}));
    const run = await new Runs(service, "team", "digits", { includeSweeps: false }).at(0);
    expect(run).toMatchObject({ sweep: null, sweepName: "sw1" });
    expect(requests[0]?.query).not.toContain("sweep {");
  });

  test("come by one more request from a server whose runs have no such field", async () => {
    const { service, requests } = await faultServer(({ query }, response) => {
      if (query.includes("s0: sweep(")) return { project: { s0: sweep } };
      if (!query.includes("sweep {")) return page({});
      return void response
        .writeHead(400)
        .end('{"errors":[{"message":"Cannot query field \\"sweep\\" on type \\"Run\\"."}]}');
    });
    expect((await new Runs(service, "team", "digits").at(0))?.sweep).toEqual(expected);
    expect(requests).toHaveLength(3);
  });
});

describe("a project that isn't there", () => {
  test("is named", async () => {
    const { service } = await faultServer(() => ({ project: null }));
    const runs = new Runs(service, "team", "digist");
    for (const call of [() => runs.toArray(), () => runs.length, () => runs.histories()]) {
      await expect(call()).rejects.toBeInstanceOf(NotFoundError);
      await expect(call()).rejects.toThrow(/no project team\/digist/);
    }
  });
});

test.each([
  [{ perPage: 0 }, /perPage is 0; it must be a whole number from 1 to 1000/],
  [{ perPage: 5000 }, /perPage is 5000/],
  [{ order: "created" }, /order is "created"; it must be one of .*created_at/],
  [{ limit: -1 }, /limit is -1; it must be a whole number of at least 0/],
  [{ start: 1.5 }, /start is 1.5/],
  [{ order: "+-created_at" }, /order/],
  [{ order: "config." }, /order/],
  [{ filters: { state: { $like: "x" } } }, /\$like/],
  [{ lazy: "no" }, /lazy is "no"/],
  [{ includeSweeps: 1 }, /includeSweeps is 1/],
])("%j is refused", async (options, message) => {
  const { service } = await faultServer(() => ({}));
  expect(() => new Runs(service, "team", "digits", options as never)).toThrow(InvalidArgumentError);
  expect(() => new Runs(service, "team", "digits", options as never)).toThrow(message);
});

describe("a server that can't take the filter", () => {
  const open500 = (isHealthy: () => boolean) =>
    faultServer(({ variables }, response) => {
      const bad = variables.filters !== "{}" || !isHealthy();
      if (bad) return void response.writeHead(500).end("{}");
      return {
        project: { runCount: 0, runs: { edges: [], pageInfo: { endCursor: null, hasNextPage: false } } },
      };
    });
  const filters = { "config.lr": { $regex: "0" } };

  test("is asked once without it, and then the filter is blamed", async () => {
    const { service, requests } = await open500(() => true);
    const runs = new Runs(service, "team", "digits", { filters });
    for (const call of [
      () => runs.toArray(),
      () => runs.count(),
      () => runs.histories(),
      () => runs.table(),
    ]) {
      const before = requests.length;
      const failure = await call().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InvalidArgumentError);
      expect(String(failure)).toContain("config.lr");
      expect(requests.slice(before).map(({ variables }) => variables.filters === "{}")).toEqual([
        false,
        false,
        true,
      ]);
    }
  });

  test("isn't the filter's fault when it fails without it too", async () => {
    const { service } = await open500(() => false);
    const runs = new Runs(service, "team", "digits", { filters });
    for (const call of [() => runs.toArray(), () => runs.count()]) {
      await expect(call()).rejects.toMatchObject({ name: "ServerError", status: 500, tries: 6 });
    }
  });
});

describe("some runs by their ids", () => {
  test("are asked for anew in one request, in the same order and without the filters", async () => {
    const ids = ["r3", "r70", "r71"];
    const { service, requests } = await faultServer((request) => answer(request, ids));
    const runs = new Runs(service, "team", "digits", {
      filters: { state: "running" },
      order: "-summary_metrics.accuracy",
    });
    const again = runs.only([...ids, "gone"]);
    expect(requests).toHaveLength(0);
    expect(idsOf(await again.toArray())).toEqual(ids);
    expect(await runs.only([]).toArray()).toEqual([]);
    expect(requests.map(({ variables }) => variables)).toEqual([
      expect.objectContaining({
        filters: JSON.stringify({ name: { $in: [...ids, "gone"] } }),
        order: "-summary_metrics.accuracy",
        first: 4,
      }),
    ]);
  });
});
