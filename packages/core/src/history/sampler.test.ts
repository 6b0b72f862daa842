import { describe, expect, onTestFinished, test } from "vitest";
import type { Run } from "../runs/run.ts";
import { Runs } from "../runs/runs.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { type ModelRow, type ModelRun, modelAnswer } from "../testing/model-project.ts";
import type { HistoryRow } from "./rows.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);
const rowsUpTo = (count: number): ModelRow[] =>
  Array.from({ length: count }, (_, step) => ({ _step: step, loss: 1 / (step + 1) }));
const project = (count: number, rows = 3): ModelRun[] =>
  names(count).map((id) => ({ id, history: rowsUpTo(rows) }));

/** A server of a model project; `fault` may answer a request itself, by giving true. */
async function open(
  runs: readonly ModelRun[],
  options: Parameters<typeof modelAnswer>[2] = {},
  fault: (request: FaultRequest, response: import("node:http").ServerResponse) => boolean = () => false,
) {
  const warnings: string[] = [];
  const { service, requests } = await faultServer((request, response) => {
    if (!fault(request, response)) response.end(modelAnswer(request, runs, options));
    return undefined;
  });
  const collection = () =>
    new Runs(service, "team", "digits", { onWarning: ({ message }) => warnings.push(message) });
  return { service, requests, warnings, collection };
}

const batchOf = ({ variables }: FaultRequest) =>
  (JSON.parse(String(variables.filters)) as { name?: { $in: string[] } }).name?.$in;

describe("requests for histories", () => {
  test("the first carries the first run's history and the ids; the others go on from them", async () => {
    const { requests, collection } = await open(project(120));
    const rows = await collection().histories({ keys: ["loss"] });
    expect(rows.map(({ run_id }) => run_id)).toEqual(names(120).flatMap((id) => [id, id, id]));
    expect(requests[0]?.variables.first).toBe(400);
    expect(requests[0]?.query).toContain("firstRun:");
    expect(requests.slice(1).flatMap(batchOf)).toEqual(names(120).slice(1));
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  test("ask for batches without the user's filter, and for as many runs as are named", async () => {
    const { service, requests } = await open(project(40));
    const runs = new Runs(service, "team", "digits", { filters: { state: "finished" } });
    await runs.histories();
    expect(requests[0]?.variables.filters).toBe('{"state":"finished"}');
    for (const request of requests.slice(1)) {
      expect(Object.keys(JSON.parse(String(request.variables.filters)))).toEqual(["name"]);
      expect(request.variables.first).toBe(batchOf(request)?.length);
    }
  });

  test("ask for no ids when the collection knows them all", async () => {
    const { requests, collection } = await open(project(60));
    const runs = collection();
    await runs.toArray();
    const before = requests.length;
    expect(await runs.histories()).toHaveLength(180);
    expect(requests.slice(before).flatMap(batchOf)).toEqual(names(60));
  });

  test("start small anew with a slow server, and are remembered for the next collection", async () => {
    const { requests, collection } = await open(project(100));
    await collection().histories();
    const first = requests.length;
    await collection().histories();
    expect(requests.length - first).toBeLessThanOrEqual(first);
  });
});

describe("a server that bears little", () => {
  test("is asked for fewer runs at once, down to one, and nothing is lost", async () => {
    const { requests, collection } = await open(project(30), {}, (request, response) => {
      const tooMuch = (batchOf(request)?.length ?? 0) > 3;
      if (tooMuch) response.end('{"errors":[{"message":"query is too complex"}]}');
      return tooMuch;
    });
    const rows = await collection().histories();
    expect(rows.map(({ run_id }) => run_id)).toEqual(names(30).flatMap((id) => [id, id, id]));
    const sizes = requests.map((request) => batchOf(request)?.length ?? 0);
    expect(Math.max(...sizes.slice(-5))).toBeLessThanOrEqual(3);
  });

  test.each([true, false])(
    "that gives fewer runs a page than asked for is asked for the rest (says so: %s)",
    async (saysSo) => {
      const { collection, warnings } = await open(project(90), { mostRuns: 7, pageInfo: saysSo });
      const rows = await collection().histories();
      expect(rows.map(({ run_id }) => run_id)).toEqual(names(90).flatMap((id) => [id, id, id]));
      expect(warnings).toEqual([]);
    },
  );

  test("that can't even give the ids and one history at once gives them apart", async () => {
    const { collection, requests } = await open(project(5), {}, ({ query }, response) => {
      if (!query.includes("firstRun:")) return false;
      response.end('{"errors":[{"message":"response is too large"}]}');
      return true;
    });
    expect(await collection().histories()).toHaveLength(15);
    expect(requests.slice(0, 2).map(({ variables }) => variables.first)).toEqual([400, 400]);
  });
});

describe("an answer to another question", () => {
  const answers = (
    change: (project: { runs: { edges: { node: Record<string, unknown> }[]; pageInfo: object } }) => void,
  ) =>
    open(project(60), {}, (request, response) => {
      if (batchOf(request) === undefined) return false;
      const answer = JSON.parse(modelAnswer(request, project(60)));
      change(answer.data.project);
      response.end(JSON.stringify(answer));
      return true;
    });

  test("is none of deleted runs: one without runs, though more follow", async () => {
    const { collection, warnings } = await answers(({ runs }) => {
      runs.edges = [];
      runs.pageInfo = { hasNextPage: true };
    });
    await expect(collection().histories()).rejects.toThrow(/gives no run, and says that more follow/);
    expect(warnings).toEqual([]);
  });

  test("is none of deleted runs: other runs than those asked for", async () => {
    const { collection, warnings } = await answers(({ runs }) => {
      for (const [index, { node }] of runs.edges.entries()) node.name = `other ${index}`;
    });
    await expect(collection().histories()).rejects.toThrow(/weren't asked for \(other 0\)/);
    expect(warnings).toEqual([]);
  });

  test("with fewer lists than specs is not rows", async () => {
    const { collection } = await answers(({ runs }) => {
      for (const { node } of runs.edges) (node.sampledHistory as unknown[]).pop();
    });
    const question = { keys: ["loss", "acc"], match: "any" } as const;
    await expect(collection().histories(question)).rejects.toThrow(/in a form that is not rows/);
  });

  test("may have a byte order mark in front", async () => {
    const { collection } = await open(project(3), {}, (request, response) => {
      response.end(`\uFEFF${modelAnswer(request, project(3))}`);
      return true;
    });
    expect(await collection().histories()).toHaveLength(9);
  });
});

describe("a run that can't be had", () => {
  test("is named at the end, with what did arrive", async () => {
    const { collection } = await open(project(12), {}, (request, response) => {
      if (!batchOf(request)?.includes("r7")) return false;
      response.end('{"errors":[{"message":"result is too large"}]}');
      return true;
    });
    const failure = await collection()
      .histories()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "ServerError", missing: ["r7"] });
    expect(String(failure)).toMatch(/team\/digits.*run r7.*too large/);
    const { partial } = failure as { partial: { run_id: string }[] };
    expect(partial).toHaveLength(33);
    expect(new Set(partial.map(({ run_id }) => run_id))).toEqual(
      new Set(names(12).filter((id) => id !== "r7")),
    );

    const seen: string[] = [];
    const stream = (async () => {
      for await (const { run } of collection().historyStream()) seen.push(run.id);
    })();
    await expect(stream).rejects.toMatchObject({ missing: ["r7"] });
    expect(seen).toEqual(names(12).filter((id) => id !== "r7"));
  });

  test("isn't the reason when one after another fails: the work ends soon", async () => {
    const { requests, collection } = await open(project(500), {}, (request, response) => {
      if (batchOf(request) === undefined) return false;
      response.end('{"errors":[{"message":"result is too large"}]}');
      return true;
    });
    await expect(collection().histories()).rejects.toMatchObject({ partial: expect.anything() });
    expect(requests.length).toBeLessThan(300);
  });

  test("a refusal of all ends the work at once, and what arrived isn't lost", async () => {
    const { requests, collection } = await open(project(400), {}, (request, response) => {
      if (batchOf(request)?.includes("r200") !== true) return false;
      response.writeHead(401).end("{}");
      return true;
    });
    const failure = await collection()
      .histories({ format: "table" })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "AuthenticationError" });
    const { partial, missing } = failure as { partial: { numRows: number }; missing: string[] };
    expect(partial.numRows).toBeGreaterThan(0);
    expect(missing).toEqual(names(400).slice(partial.numRows / 3));
    expect(requests.length).toBeLessThan(40);
  });
});

describe("a stream of histories", () => {
  test("gives each run with its table, the first after one request", async () => {
    const { requests, collection } = await open(project(80));
    let first = 0;
    const seen: unknown[] = [];
    for await (const { run, table } of collection().historyStream({ keys: ["loss"] })) {
      if (seen.length === 0) first = requests.length;
      seen.push([run.id, run.name, run.state, table.numRows, table.column("loss").dtype]);
    }
    expect(first).toBe(1);
    expect(seen).toEqual(names(80).map((id) => [id, `run ${id}`, "finished", 3, "float64"]));
  });

  test("gives the collection's own runs where it has them", async () => {
    const { collection } = await open(project(5));
    const runs = collection();
    const known = await runs.toArray();
    for await (const { run } of runs.historyStream()) expect(known).toContain(run);
  });

  test("runs ahead of a slow consumer only so far", async () => {
    const { requests, collection } = await open(project(3000, 1));
    const stream = collection().historyStream();
    await stream.next();
    const settled = async () => {
      let count = -1;
      while (count !== requests.length) {
        count = requests.length;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return count;
    };
    const ahead = requests.filter((request) => batchOf(request) !== undefined).length;
    expect(ahead).toBeLessThanOrEqual(20);
    await settled();
    expect(requests.filter((request) => batchOf(request) !== undefined).length).toBeLessThanOrEqual(20);
    await stream.return(undefined);
    const ended = await settled();
    expect(ended).toBeLessThanOrEqual(24);
  });

  test("ends at once with its signal, and a bad option is refused before anything is sent", async () => {
    const { requests, collection } = await open(project(500));
    expect(() => collection().historyStream({ samples: 0 })).toThrow(/samples is 0/);
    expect(requests).toHaveLength(0);
    const stop = new AbortController();
    const seen: string[] = [];
    const stream = (async () => {
      for await (const { run } of collection().historyStream({ signal: stop.signal })) {
        seen.push(run.id);
        if (seen.length === 3) stop.abort(new Error("enough"));
      }
    })();
    await expect(stream).rejects.toThrow("enough");
    expect(seen).toEqual(names(3));
  });
});

describe("a signal", () => {
  test("ends the work whenever it comes, without a rejection that nobody hears", async () => {
    const { service, collection } = await open(project(300));
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on("unhandledRejection", hear);
    onTestFinished(() => void process.off("unhandledRejection", hear));
    const listed = collection();
    await listed.toArray();
    const run = (await listed.at(0)) as Run;
    for (const work of [
      (signal: AbortSignal) => collection().histories({ signal }),
      (signal: AbortSignal) => listed.histories({ signal }),
      (signal: AbortSignal) => run.history({ signal }),
    ]) {
      for (let turns = 0; turns < 12; turns++) {
        const stop = new AbortController();
        const reading = work(stop.signal);
        for (let turn = 0; turn < turns; turn++) await (turn % 3 === 2 ? new Promise(setImmediate) : null);
        stop.abort(new Error("enough"));
        await expect(reading.catch((error: Error) => error.message)).resolves.toBe("enough");
      }
    }
    await service.close();
    await new Promise(setImmediate);
    expect(unheard).toEqual([]);
  });

  test("isn't needed to leave: what is under way ends with the loop, and closing waits for nothing", async () => {
    const { service, requests, collection } = await open(project(3000), {}, ({ variables }) =>
      // the second page of ids never comes
      Boolean(variables.after),
    );
    for await (const { run } of collection().historyStream()) {
      expect(run.id).toBe("r0");
      await expect.poll(() => requests.some(({ variables }) => Boolean(variables.after))).toBe(true);
      break;
    }
    const closed = service.close().then(() => "closed");
    const late = new Promise((resolve) => setTimeout(() => resolve("late"), 5000));
    expect(await Promise.race([closed, late])).toBe("closed");
  });
});

describe("a batch of full runs", () => {
  test("is sized by their configs and summaries too", async () => {
    const heavy = "x".repeat(1_000_000);
    const { service, requests } = await faultServer((request, response) => {
      const answer = JSON.parse(modelAnswer(request, project(60))) as {
        data: { project: Record<string, { edges?: { node: object }[] }> };
      };
      const { runs, firstRun } = answer.data.project;
      const edges = [
        ...(batchOf(request) === undefined ? [] : (runs?.edges ?? [])),
        ...(firstRun?.edges ?? []),
      ];
      for (const { node } of edges)
        Object.assign(node, { config: heavy, summaryMetrics: "{}", systemMetrics: null });
      response.end(JSON.stringify(answer));
      return undefined;
    });
    let count = 0;
    for await (const _ of new Runs(service, "team", "digits", { lazy: false }).historyStream()) count++;
    expect(count).toBe(60);
    expect(Math.max(...requests.map((request) => batchOf(request)?.length ?? 0))).toBeLessThanOrEqual(4);
  });
});

describe("which rows", () => {
  const sparse: ModelRun = {
    id: "r0",
    history: [
      { _step: 0, loss: 1 },
      { _step: 1, acc: 0.1 },
      { _step: 2, loss: 0.5 },
      { _step: 3, acc: 0.2, loss: 0.25 },
      { _step: 2 ** 33, acc: 0.3, epoch: 1 },
    ],
    events: [
      { _runtime: 9, "system.cpu": 3 },
      { _runtime: 2, "system.cpu": 1, "system.gpu": 5 },
      { _runtime: 5, "system.gpu": 6 },
      { "system.cpu": 7 },
    ],
  };

  test('match: "any" joins metrics that were logged at different steps', async () => {
    const { requests, collection } = await open([sparse]);
    const rows = await collection().histories({ keys: ["loss", "acc"], match: "any" });
    expect(requests[0]?.variables.specs).toEqual([
      '{"keys":["_step","loss"],"samples":500}',
      '{"keys":["_step","acc"],"samples":500}',
    ]);
    expect(rows).toEqual([
      { run_id: "r0", _step: 0, acc: null, loss: 1 },
      { run_id: "r0", _step: 1, acc: 0.1, loss: null },
      { run_id: "r0", _step: 2, acc: null, loss: 0.5 },
      { run_id: "r0", _step: 3, acc: 0.2, loss: 0.25 },
      { run_id: "r0", _step: 2 ** 33, acc: 0.3, loss: null },
    ]);
    expect(await collection().histories({ keys: ["loss", "acc"] })).toEqual([
      { run_id: "r0", _step: 3, acc: 0.2, loss: 0.25 },
    ]);
  });

  test('match: "any" with another x axis asks for steps too, and orders by it', async () => {
    const { requests, collection } = await open([sparse]);
    const rows = await collection().histories({ keys: ["acc"], xAxis: "epoch", match: "any" });
    expect(requests[0]?.variables.specs).toEqual(['{"keys":["_step","epoch","acc"],"samples":500}']);
    expect(rows).toEqual([{ run_id: "r0", _step: 2 ** 33, epoch: 1, acc: 0.3 }]);
  });

  test("an x axis without keys orders the rows and leaves out those without it", async () => {
    const { collection } = await open([sparse]);
    const steps = (rows: readonly HistoryRow[]) => rows.map((row) => row._step);
    expect(steps(await collection().histories({ xAxis: "loss" }))).toEqual([3, 2, 0]);
    expect(steps(await collection().histories())).toEqual([0, 1, 2, 3, 2 ** 33]);
  });

  test("an x axis with keys orders the rows too, and a null or NaN isn't an x", async () => {
    const epochs = [2, Number.NaN, 0, null, 1];
    const history = epochs.map((epoch, step) => ({ _step: step, epoch, loss: step / 4 }));
    const { collection } = await open([{ id: "r0", history }]);
    expect(await collection().histories({ keys: ["loss"], xAxis: "epoch" })).toEqual([
      { run_id: "r0", epoch: 0, loss: 0.5 },
      { run_id: "r0", epoch: 1, loss: 1 },
      { run_id: "r0", epoch: 2, loss: 0 },
    ]);
  });

  test("the system stream's x is the time since the run began", async () => {
    const { requests, collection } = await open([sparse]);
    const cpu = await collection().histories({ stream: "system", keys: ["system.cpu"] });
    expect(requests[0]?.query).toContain("events(");
    expect(cpu.map(({ run_id, ...row }) => row)).toEqual([
      { _runtime: 2, "system.cpu": 1 },
      { _runtime: 9, "system.cpu": 3 },
    ]);
    const both = { stream: "system", keys: ["system.cpu", "system.gpu"] } as const;
    expect((await collection().histories(both)).map((row) => row._runtime)).toEqual([2]);
    expect(await collection().histories({ ...both, match: "any" })).toEqual([
      { run_id: "r0", _runtime: 2, "system.cpu": 1, "system.gpu": 5 },
      { run_id: "r0", _runtime: 5, "system.cpu": null, "system.gpu": 6 },
      { run_id: "r0", _runtime: 9, "system.cpu": 3, "system.gpu": null },
    ]);
  });

  test("keys that a run hasn't are null with any, and columns in any case", async () => {
    const { collection } = await open([sparse, { id: "r1", history: [{ _step: 0 }] }]);
    const any = { keys: ["loss", "lr"], match: "any" } as const;
    expect((await collection().histories(any))[0]).toEqual({ run_id: "r0", _step: 0, loss: 1, lr: null });
    const system = { keys: ["system.cpu", "system.tpu"], match: "any", stream: "system" } as const;
    expect((await collection().histories(system))[0]).toMatchObject({ "system.tpu": null });
    for (const question of [any, { keys: ["lr", "loss"] }]) {
      const table = await collection().histories({ ...question, format: "table" });
      expect(table.columnNames).toEqual(["run_id", "_step", "loss", "lr"]);
      expect(table.column("lr").nullCount).toBe(table.numRows);
    }
  });

  test("a metric called run_id is refused by name", async () => {
    const { collection } = await open([{ id: "r0", history: [{ _step: 0, run_id: "mine" }] }]);
    await expect(collection().histories()).rejects.toThrow(
      /Run r0 of team\/digits logged a metric called "run_id"/,
    );
    await expect(collection().histories({ keys: ["run_id"] })).rejects.toThrow(/own field/);
  });
});
