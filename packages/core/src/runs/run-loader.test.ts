import { describe, expect, test } from "vitest";
import { type LazyrunsError, ServerError } from "../errors.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { ListedProject } from "../testing/listed-project.ts";
import { Runs } from "./runs.ts";

const isLoading = ({ query }: FaultRequest) => query.includes("LoadRuns");
const sizeOf = ({ variables }: FaultRequest) => Number(variables.first);

/** A collection whose runs are listed, and a server that may refuse to load them. */
async function listed(count: number, refuse: (request: FaultRequest) => number | undefined) {
  const project = new ListedProject(count);
  const { service, requests } = await faultServer(
    (request, response) => {
      const status = isLoading(request) ? refuse(request) : undefined;
      if (status === undefined) return project.answer(request);
      response.statusCode = status;
      response.end("{}");
      return undefined;
    },
    { maxRetries: 1 },
  );
  const runs = new Runs(service, "team", "digits", { perPage: 1000 });
  await runs.toArray();
  return { runs, project, sizes: () => requests.filter(isLoading).map(sizeOf) };
}

describe("a request that is too much", () => {
  test.each([413, 502, 504])("is halved until it is not: HTTP %i", async (status) => {
    const { runs, sizes } = await listed(60, (request) => (sizeOf(request) > 13 ? status : undefined));
    const full = await runs.upgradeToFull();
    expect((await full.toArray()).map(({ config }) => config.index)).toEqual([...Array(60).keys()]);
    // What may pass (502, 504) is tried once more as it is, before it counts as too much.
    const tries = status === 413 ? 1 : 2;
    expect(sizes().filter((size) => size > 13)).toEqual([50, 25].flatMap((size) => Array(tries).fill(size)));
  });

  test("is halved down to one run, and remembered", async () => {
    const { runs, sizes } = await listed(4, (request) => (sizeOf(request) > 1 ? 413 : undefined));
    await runs.upgradeToFull();
    expect(sizes()).toEqual([4, 2, 1, 1, 1, 1]);
  });

  test("of one run is an error that names what is missing", async () => {
    const { runs } = await listed(3, () => 413);
    const failure = await runs.upgradeToFull().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerError);
    expect(failure).toMatchObject({ status: 413, entity: "team", project: "digits" });
    expect((failure as LazyrunsError).message).toMatch(/Not loaded: r0, r1, r2 \(3 of 3 runs\)\.$/);
  });
});

describe("a server that gives fewer runs an answer than it is asked for", () => {
  test.each([true, false])("takes no living run for deleted, with pageInfo: %s", async (pageInfo) => {
    const project = new ListedProject(140, { clamp: 10, pageInfo });
    const { service, requests } = await faultServer((request) => project.answer(request));
    const gone: unknown[] = [];
    const open = () => new Runs(service, "team", "digits", { onWarning: ({ run }) => gone.push(run) });
    const runs = open();
    const all = await runs.toArray();
    project.delete("r7");
    project.delete("r139");
    const living = [...Array(140).keys()].filter((index) => index !== 7 && index !== 139);

    const steps = await Promise.allSettled(all.map((run) => run.lastHistoryStep()));
    expect(steps.flatMap((step) => (step.status === "fulfilled" ? [step.value] : []))).toEqual(living);
    requests.length = 0;
    const full = await (await runs.upgradeToFull()).toArray();
    expect(full.flatMap((run) => (run.isLoaded ? [run.config.index] : []))).toEqual(living);
    expect(gone).toEqual(["r7", "r139"]);
    // 138 runs at 10 a request, and for the two that are gone one or two more.
    expect(requests.length).toBeLessThanOrEqual(18);
    expect(await open().table()).toHaveLength(138);
  });

  test("is asked in parallel for as many as it gives, once that is known", async () => {
    const project = new ListedProject(300, { clamp: 10 });
    const { service, requests } = await faultServer((request) => project.answer(request));
    const runs = new Runs(service, "team", "digits", { perPage: 10 });
    await runs.toArray();
    requests.length = 0;
    await runs.upgradeToFull();
    expect(requests.map(sizeOf)).toEqual([50, 40, 30, 20, ...Array(26).fill(10)]);
  });

  test("may give a page of nothing but runs that can't be read", async () => {
    const project = new ListedProject(40, { clamp: 10 });
    const { service } = await faultServer((request) => {
      const answer = project.answer(request) as {
        project: { runs: { edges: { node: { name: string } }[] } };
      };
      const { edges } = answer.project.runs;
      const hidden = edges.map((edge) => (Number(edge.node.name.slice(1)) < 30 ? edge : { node: null }));
      return isLoading(request) ? { project: { runs: { ...answer.project.runs, edges: hidden } } } : answer;
    });
    const runs = new Runs(service, "team", "digits");
    const all = await runs.toArray();
    await runs.upgradeToFull();
    expect(all.filter((run) => run.isLoaded)).toHaveLength(30);
  });
});

test("a server that ignores which runs it is asked for is an error, and no run counts as deleted", async () => {
  const project = new ListedProject(3);
  const other = { name: "other", config: "{}", summaryMetrics: "{}", systemMetrics: null };
  const answer = { project: { runs: { edges: [{ node: other }], pageInfo: { hasNextPage: false } } } };
  const { service } = await faultServer((request) => (isLoading(request) ? answer : project.answer(request)));
  const gone: unknown[] = [];
  const runs = new Runs(service, "team", "digits", { onWarning: ({ run }) => gone.push(run) });
  await runs.toArray();
  await expect(runs.upgradeToFull()).rejects.toThrow(/gives runs that weren't asked for \(other\)/);
  expect(gone).toEqual([]);
});

describe("an error", () => {
  test("keeps every detail, and says which runs are missing to each who waits", async () => {
    const project = new ListedProject(60);
    const { service } = await faultServer(
      (request, response) => {
        if (!isLoading(request)) return project.answer(request);
        response.writeHead(429, { "retry-after": "7" }).end();
        return undefined;
      },
      { maxRetries: 0 },
    );
    const runs = new Runs(service, "team", "digits", { perPage: 1000 });
    await runs.toArray();
    const last = await runs.at(-1);
    const [whole, single] = await Promise.allSettled([runs.upgradeToFull(), last?.load()]);
    const missing = project.names;
    const details = { status: 429, retryAfter: 7000, entity: "team", project: "digits", tries: 1 };
    expect(whole).toMatchObject({ reason: { name: "RateLimitError", missing, ...details } });
    expect(single).toMatchObject({ reason: { name: "RateLimitError", ...details } });
    expect((single as PromiseRejectedResult).reason).not.toHaveProperty("missing");
  });

  test.each([
    ["a spent deadline", { deadline: 50, maxRetries: 0 }, { name: "TimeoutError", limit: "deadline" }],
    ["a run that is too much", { maxRetries: 0 }, { name: "ServerError", tooMuch: true, tries: 1 }],
  ])("of %s does so too", async (what, options, details) => {
    const project = new ListedProject(1);
    const { service } = await faultServer((request, response) => {
      if (!isLoading(request)) return project.answer(request);
      if (!what.includes("deadline")) response.writeHead(413).end();
      return undefined;
    }, options);
    const runs = new Runs(service, "team", "digits");
    await runs.toArray();
    await expect(runs.upgradeToFull()).rejects.toMatchObject({ ...details, missing: ["r0"] });
  });
});

describe("loading", () => {
  test("that failed for good keeps what arrived, and is asked for anew", async () => {
    let isBroken = true;
    const { runs, sizes } = await listed(60, (request) =>
      isBroken && sizeOf(request) < 50 ? 400 : undefined,
    );
    const seen: number[] = [];
    const failure = runs.upgradeToFull({ onProgress: ({ done }) => seen.push(done) });
    await expect(failure).rejects.toThrow(/Not loaded: r50, .*r59 \(10 of 60 runs\)/);
    expect(seen).toEqual([50]);
    isBroken = false;
    await runs.upgradeToFull();
    expect(sizes()).toEqual([50, 10, 10]);
  });

  test("is failed by an onProgress that throws, which isn't told again", async () => {
    const { runs } = await listed(160, () => undefined);
    let told = 0;
    const failure = runs.upgradeToFull({
      onProgress: () => {
        told++;
        throw new RangeError("no bar");
      },
    });
    await expect(failure).rejects.toThrow(RangeError);
    await runs.upgradeToFull();
    expect(told).toBe(1);
    expect((await runs.toArray()).every((run) => run.isLoaded)).toBe(true);
  });

  test("has at most ten requests in flight", async () => {
    const project = new ListedProject(1000);
    let inFlight = 0;
    let most = 0;
    const { service } = await faultServer((request, response) => {
      if (!isLoading(request)) return project.answer(request);
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight--;
        response.end(JSON.stringify({ data: project.answer(request) }));
      }, 20);
      return undefined;
    });
    const runs = new Runs(service, "team", "digits");
    await runs.toArray();
    await Promise.all([runs.upgradeToFull(), runs.upgradeToFull(), (await runs.at(-1))?.load()]);
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThanOrEqual(10);
  });

  test("that is aborted ends the requests nobody else waits for, and can be begun anew", async () => {
    const stop = new AbortController();
    const project = new ListedProject(60);
    let ended = 0;
    const { service, requests } = await faultServer((request, response) => {
      if (!isLoading(request)) return project.answer(request);
      if (stop.signal.aborted) return project.answer(request);
      response.on("close", () => ended++);
      stop.abort(new Error("enough"));
      return undefined;
    });
    const runs = new Runs(service, "team", "digits", { perPage: 1000 });
    const all = await runs.toArray();
    await expect(runs.upgradeToFull({ signal: stop.signal })).rejects.toThrow("enough");
    await expect.poll(() => ended).toBe(1);
    expect((await all[55]?.load())?.config.index).toBe(55);
    expect(requests.filter(isLoading).map(sizeOf).slice(0, 2)).toEqual([50, 50]);
  });

  test("of a loop begins with the page's first runs, and the next page is under way meanwhile", async () => {
    const project = new ListedProject(300);
    const order: string[] = [];
    const { service } = await faultServer((request) => {
      order.push(isLoading(request) ? "load" : "list");
      return project.answer(request);
    });
    const indexes: unknown[] = [];
    for await (const run of new Runs(service, "team", "digits"))
      indexes.push((await run.load()).config.index);
    expect(indexes).toEqual([...Array(300).keys()]);
    expect(order.slice(0, 3).sort()).toEqual(["list", "list", "load"]);
    expect(order.filter((what) => what === "load")).toHaveLength(4);
  });
});
