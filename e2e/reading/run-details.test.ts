import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, type ConsoleLine, type FullRun } from "@lazyruns/core";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { API_KEY, runPython, startPython } from "../support/python.ts";

const LOG = new URL("log_details.py", import.meta.url);
const READ = new URL("read_details.py", import.meta.url);
const PROJECT = "dé tails";
const ID = "rün 1";
const PATH = `local/${PROJECT}/${ID}`;

let folder: string;
let server: LocalServer;
let api: Api;
let run: FullRun;
// biome-ignore lint/suspicious/noExplicitAny: what Python says has any shape
let python: any;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lazyruns-details-"));
  server = await startServer({ dataDir: join(folder, "data") });
  api = new Api({ apiKey: API_KEY, baseUrl: server.url });
  await runPython(LOG, { baseUrl: server.url, args: ["whole", PROJECT, ID] });
  const text = await runPython(READ, { baseUrl: server.url, args: [PATH] });
  python = JSON.parse(text.slice(text.indexOf("answer ") + "answer ".length));
  run = await api.run(PATH);
});

afterAll(async () => {
  await api?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const lineOf = ({ number, timestamp, level, label, text }: ConsoleLine) => [
  number,
  timestamp?.toISOString() ?? null,
  level ?? "",
  label ?? "",
  text,
];

describe("the details of a run are those that Python sees", () => {
  it("its page, path, tags, group, job type, user, sweep and config", () => {
    expect({
      url: run.url,
      path: run.path,
      name: run.name,
      state: run.state,
      tags: run.tags,
      group: run.group,
      job_type: run.jobType,
      username: run.user?.username,
      sweep: [run.sweep?.id, run.sweep?.config],
      config: run.config,
    }).toEqual({
      url: python.url,
      path: python.path,
      name: python.name,
      state: python.state,
      tags: python.tags,
      group: python.group,
      job_type: python.job_type,
      username: python.username,
      sweep: python.sweep,
      config: python.config,
    });
    expect(run).toMatchObject({ state: "finished", tags: ["best", "é😀"], group: "g/1", jobType: "train" });
    expect(run.sweep?.config).toMatchObject({ method: "grid" });
  });

  it("the keys and the last step of its history", async () => {
    const [listed] = await api.runs(`local/${PROJECT}`, { filters: { name: ID } }).toArray();
    for (const one of [run, listed]) {
      const keys = await one?.historyKeys();
      const theirs = python.history_keys as {
        keys: Record<string, { previousValue?: unknown; typeCounts: unknown; monotonic: unknown }>;
      };
      expect([...(keys?.keys() ?? [])].sort()).toEqual(Object.keys(theirs.keys).sort());
      for (const [key, { typeCounts, monotonic, previousValue = null }] of Object.entries(theirs.keys)) {
        const lastValue = previousValue === "NaN" ? Number.NaN : previousValue;
        expect([key, keys?.get(key)]).toEqual([key, { typeCounts, monotonic, lastValue }]);
      }
      expect(await one?.lastHistoryStep()).toBe(python.last_step);
    }
    expect(python.last_step).toBe(50);
    expect((await run.historyKeys()).get("loss")?.lastValue).toBeNaN();
    expect((await run.historyKeys()).get("nested.inner")?.typeCounts).toEqual([
      { type: "number", count: 12 },
    ]);
  });

  it("its files and every byte of them", async () => {
    const files = await collect(run.files({ perPage: 5 }));
    const found = [];
    for (const file of files) {
      const { name, size, mimetype, updatedAt, md5, url } = file;
      const sha256 = createHash("sha256")
        .update(await file.bytes())
        .digest("hex");
      found.push([name, size, mimetype, updatedAt?.toISOString(), md5, url, sha256]);
    }
    expect(found).toEqual(
      python.files.map(([name, size, mimetype, updatedAt, ...rest]: string[]) => [
        name,
        size,
        mimetype,
        new Date(updatedAt ?? "").toISOString(),
        ...rest,
      ]),
    );
    expect(files.length).toBeGreaterThan(15);

    const names = async (options: object) => (await collect(run.files(options))).map(({ name }) => name);
    expect(await names({ pattern: "many/1%.csv" })).toEqual(python.pattern);
    expect(python.pattern).toEqual(["many/1.csv", "many/10.csv", "many/11.csv"]);
    expect(await names({ names: ["config.yaml", "none", "empty.bin"] })).toEqual(python.names);
  });

  it("a file as text, in pieces, and one that isn't there", async () => {
    expect(await (await run.file("notes/ü 1%.txt")).text()).toBe("é😀\r\n");
    const hash = createHash("sha256");
    let pieces = 0;
    for await (const piece of (await run.file("big.bin")).stream()) {
      hash.update(piece);
      pieces++;
    }
    const [big] = python.files.filter(([name]: string[]) => name === "big.bin");
    expect(hash.digest("hex")).toBe(big.at(-1));
    expect(pieces).toBeGreaterThan(1);
    expect(await (await run.file("empty.bin")).bytes()).toHaveLength(0);
    await expect(run.file("none")).rejects.toMatchObject({ name: "NotFoundError", run: ID });
  });

  it("its console lines, all and the last", async () => {
    expect((await collect(run.consoleLogs({ perPage: 7 }))).map(lineOf)).toEqual(python.console);
    expect((await collect(run.consoleLogs({ tail: 3 }))).map(lineOf)).toEqual(python.tail);
    const texts = python.console.map((line: unknown[]) => line.at(-1));
    expect(texts.filter((text: string) => /^line \d+ é😀$/.test(text))).toHaveLength(30);
    expect(
      python.console.filter((line: unknown[]) => line[2] === "error").map((line: unknown[]) => line[4]),
    ).toContain("to the other stream");
  });

  it("the projects, and whose key it is", async () => {
    const projects = async (entity?: string) =>
      (await collect(api.projects(entity, { perPage: 1 }))).map(({ id, entity, name, createdAt }) => [
        id,
        entity,
        name,
        createdAt?.toISOString(),
      ]);
    const theirs = (list: string[][]) =>
      list.map(([id, entity, name, createdAt]) => [
        id,
        entity,
        name,
        new Date(createdAt ?? "").toISOString(),
      ]);
    expect(await projects()).toEqual(theirs(python.projects));
    expect(await projects("elsewhere")).toEqual(python.projects_of);
    expect(python.projects.map(([, , name]: string[]) => name)).toContain(PROJECT);
    const { id, username, entity, name, email, teams } = await api.viewer();
    expect([id, username, entity, name, email, teams]).toEqual(python.viewer);
  });
});

it("a run's page, pasted, is the run", async () => {
  for (const path of [run.url, `${run.url}/overview?nw=x`, `/${PATH}`, `local/${PROJECT}/runs/${ID}`]) {
    expect((await api.run(path)).path).toEqual(["local", PROJECT, ID]);
  }
  await expect(api.run(`local/${PROJECT}/none`)).rejects.toMatchObject({
    name: "NotFoundError",
    run: "none",
  });
  await expect(api.run(`local/none/${ID}`)).rejects.toMatchObject({ name: "NotFoundError", run: undefined });
});

it("a run that is under way is waited for until it ends", async () => {
  const sign = join(folder, "end");
  const program = startPython(LOG, { baseUrl: server.url, args: ["until", PROJECT, "live", sign] });
  onTestFinished(() => void program.child.kill("SIGKILL"));
  while (!program.output().includes("under way")) {
    const code = await Promise.race([program.ended, once(program.child.stdout as never, "data")]);
    if (!Array.isArray(code)) throw new Error(`The program ended with ${code}: ${program.complaints()}`);
  }

  const live = await api.run(`local/${PROJECT}/live`);
  expect(live.state).toBe("running");
  let polls = 0;
  const ended = live.waitUntilFinished({
    pollEvery: 20,
    onProgress: ({ state }) => {
      if (++polls !== 3) return;
      expect(state).toBe("running");
      void writeFile(sign, "");
    },
  });
  expect(await ended).toBe("failed");
  expect(await program.ended).toBe(0);
  expect(live.state).toBe("running");

  const now = await live.reload();
  expect([now.state, now.summary.loss, await now.lastHistoryStep()]).toEqual(["failed", 2, 1]);
  expect((await collect(now.consoleLogs({ tail: 99 }))).map(({ text }) => text)).toContain("under way");
});
