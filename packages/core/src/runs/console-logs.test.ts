import { expect, test } from "vitest";
import { InvalidArgumentError, ProtocolError } from "../errors.ts";
import { operationOf, runServer } from "../testing/run-server.ts";
import type { ConsoleLine, ConsoleLogsOptions } from "./console-logs.ts";

/** A server with `count` lines that gives at most `most` in one answer. */
async function open(count: number, most = 10_000) {
  const lines = Array.from({ length: count }, (_, number) => ({ number, line: `line ${number}` }));
  return runServer(({ variables }) => {
    const { first, last, after } = variables as { first?: number; last?: number; after?: string | null };
    const size = Math.min(most, last ?? first ?? 0);
    const start = last === undefined ? (after ? Number(after) + 1 : 0) : Math.max(0, count - size);
    const nodes = lines.slice(start, start + size);
    const pageInfo = {
      endCursor: String(start + nodes.length - 1),
      hasNextPage: start + nodes.length < count,
    };
    const logLines = { edges: nodes.map((node) => ({ node })), ...(last === undefined && { pageInfo }) };
    return { project: { run: { logLineCount: count, logLines } } };
  });
}

async function collect(lines: AsyncIterable<ConsoleLine>): Promise<ConsoleLine[]> {
  const all: ConsoleLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
const numbers = async (lines: AsyncIterable<ConsoleLine>) =>
  (await collect(lines)).map(({ number }) => number);
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test("all lines come in order, a page at a time", async () => {
  const { run, requests } = await open(25);
  expect(await numbers(run.consoleLogs({ perPage: 10 }))).toEqual(upTo(0, 25));
  expect(requests.map(({ variables }) => [variables.first, variables.after])).toEqual([
    [10, null],
    [10, "9"],
    [10, "19"],
  ]);
  expect(await numbers((await open(0)).run.consoleLogs())).toEqual([]);
});

test("the last lines come in one request", async () => {
  const { run, requests } = await open(25);
  expect(await numbers(run.consoleLogs({ tail: 4 }))).toEqual([21, 22, 23, 24]);
  expect(await numbers(run.consoleLogs({ tail: 99 }))).toEqual(upTo(0, 25));
  expect(requests.map(operationOf)).toEqual(["RunConsoleLogTail", "RunConsoleLogTail"]);
});

test("as many last lines come as were asked for, from a server that gives fewer in one answer", async () => {
  const { run, requests } = await open(25, 6);
  expect(await numbers(run.consoleLogs({ tail: 10 }))).toEqual(upTo(15, 25));
  expect(requests.map(operationOf)).toEqual(["RunConsoleLogTail", ...Array(5).fill("RunConsoleLogPage")]);
});

test("a line has what was recorded, and null for what wasn't", async () => {
  const nodes = [
    { number: 0, timestamp: "2026-01-02T03:04:05.678901", level: "error", label: "gpu0", line: "é\u001b[0m" },
    { number: 1, timestamp: null, level: "", label: "", line: null },
    { number: 2, timestamp: "yesterday", line: "x" },
  ];
  const { run } = await runServer(() => ({
    project: {
      run: {
        logLines: {
          edges: [null, { node: null }, ...nodes.map((node) => ({ node }))],
          pageInfo: { hasNextPage: false },
        },
      },
    },
  }));
  expect(await collect(run.consoleLogs())).toEqual([
    {
      number: 0,
      timestamp: new Date("2026-01-02T03:04:05.678Z"),
      level: "error",
      label: "gpu0",
      text: "é\u001b[0m",
    },
    { number: 1, timestamp: null, level: null, label: null, text: "" },
    { number: 2, timestamp: null, level: null, label: null, text: "x" },
  ]);
});

test("a server that promises more lines and says not where is an error, not a circle", async () => {
  const { run } = await runServer(() => ({
    project: { run: { logLines: { edges: [], pageInfo: { endCursor: null, hasNextPage: true } } } },
  }));
  await expect(collect(run.consoleLogs())).rejects.toThrow(ProtocolError);
});

test.each([{ tail: 0 }, { tail: 1.5 }, { perPage: 0 }, { perPage: 10_001 }])(
  "%s is refused at once",
  async (options: ConsoleLogsOptions) => {
    const { run } = await open(1);
    expect(() => run.consoleLogs(options)).toThrow(InvalidArgumentError);
  },
);

test("ends at once when it is aborted", async () => {
  const { run } = await runServer(() => undefined);
  const stop = new AbortController();
  const lines = collect(run.consoleLogs({ signal: stop.signal }));
  stop.abort(new Error("enough"));
  await expect(lines).rejects.toThrow("enough");
});
