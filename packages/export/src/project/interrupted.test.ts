import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AuthenticationError, LazyrunsError } from "@lazyruns/core";
import type { InterceptedAnswer, RequestInfo } from "@lazyruns/local-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { exportChildren } from "../testing/child.ts";
import { deleteRun, logRuns } from "../testing/log-runs.ts";
import { readTable } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { SMALL_PARTS } from "../testing/small-parts.ts";
import { exportProject, exportWithin } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

const RUNS = 10;
const project = Array.from({ length: RUNS }, (_, run) => ({
  id: `run${run}`,
  rows: Array.from({ length: 40 }, (_, step) => ({ loss: run + step / 100 })),
  system: [{ cpu: run }],
  config: { run },
}));

/** A server whose requests a test may refuse; the runs whose rows it was asked for. */
async function refusing() {
  type Refuse = (
    request: RequestInfo,
  ) => InterceptedAnswer | undefined | Promise<InterceptedAnswer | undefined>;
  let refuse: Refuse = () => undefined;
  const asked: string[] = [];
  const { server, api } = await testServer({
    intercept: async (request) => {
      const answer = await refuse(request);
      const text = JSON.stringify(request.variables ?? {});
      if (answer === undefined && isRows(request)) asked.push(...(text.match(/run\d/g) ?? []));
      return answer;
    },
  });
  const ids = await logRuns(server.url, "demo", project);
  return {
    api,
    asked,
    ids,
    server,
    refuse: (how: Refuse) => {
      refuse = how;
    },
  };
}

function isRows({ operation = "" }: RequestInfo): boolean {
  return ["Histories", "RunRows", "RunExtent"].includes(operation);
}

const UNKNOWN_KEY = { status: 401, body: '{"errors":[{"message":"user is not logged in"}]}' };

test("a key that expires half way is an AuthenticationError; what was fetched isn't asked for again", async () => {
  const { api, asked, refuse } = await refusing();
  const out = join(temporaryFolder(), "dataset");
  let isHistoryThere = false;
  refuse(() => (isHistoryThere ? UNKNOWN_KEY : undefined));
  const onProgress = ({ stage }: { stage: string }) => {
    isHistoryThere ||= stage === "system";
  };
  const broken = exportWithin("local/demo", { out, api, onProgress }, SMALL_PARTS);
  await expect(broken).rejects.toThrow(AuthenticationError);
  expect(readdirSync(out)).toEqual([".lazyruns"]);
  expect(new Set(asked).size).toBe(RUNS);
  refuse(() => undefined);
  asked.length = 0;
  const again = { out, api, streams: undefined };
  expect(await exportWithin("local/demo", again, SMALL_PARTS)).toMatchObject({
    runs: RUNS,
    rows: 400,
    systemRows: RUNS,
  });
  expect(asked.length).toBeLessThanOrEqual(RUNS); // the machines' metrics alone
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true });
});

test("a signal ends it with its reason; the next call goes on", async () => {
  const { api, asked } = await refusing();
  const out = join(temporaryFolder(), "dataset");
  const controller = new AbortController();
  const onProgress = ({ stage }: { stage: string }) => {
    if (stage === "runs") controller.abort(new Error("Ctrl-C"));
  };
  const { signal } = controller;
  await expect(exportWithin("local/demo", { out, api, signal, onProgress }, SMALL_PARTS)).rejects.toThrow(
    "Ctrl-C",
  );
  asked.length = 0;
  expect(await exportWithin("local/demo", { out, api }, SMALL_PARTS)).toMatchObject({
    runs: RUNS,
    rows: 400,
  });
  expect(asked).toEqual([]);
});

test("a staged part that isn't whole is fetched again, and no other", async () => {
  const { api, asked, refuse } = await refusing();
  const out = join(temporaryFolder(), "dataset");
  let isHistoryThere = false;
  refuse(() => (isHistoryThere ? UNKNOWN_KEY : undefined));
  const onProgress = ({ stage }: { stage: string }) => {
    isHistoryThere ||= stage === "runs";
  };
  await expect(exportWithin("local/demo", { out, api, onProgress }, SMALL_PARTS)).rejects.toThrow(
    AuthenticationError,
  );
  const staged = join(out, ".lazyruns", "staged");
  const parts = readdirSync(staged).filter((name) => /^history.*parquet$/.test(name));
  expect(parts.length).toBe(4);
  truncateSync(join(staged, parts[0] as string), 300);
  const second = join(staged, parts[1] as string);
  appendFileSync(second, "x");
  writeFileSync(join(staged, "history-000009.json"), "{");
  writeFileSync(join(staged, "history-000010.parquet"), "PAR1");
  refuse(() => undefined);
  asked.length = 0;
  expect(await exportWithin("local/demo", { out, api }, SMALL_PARTS)).toMatchObject({
    runs: RUNS,
    rows: 400,
  });
  expect(new Set(asked)).toEqual(new Set(["run0", "run1", "run2", "run3", "run4", "run5"]));
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true });
});

test("a run that is deleted meanwhile is named, and the others are there", async () => {
  const { api, server, ids, refuse } = await refusing();
  const out = join(temporaryFolder(), "dataset");
  let deletion: Promise<void> | undefined;
  refuse(async (request) => {
    if (!isRows(request)) return undefined;
    deletion ??= deleteRun(server.url, ids.get("run4") as string);
    await deletion;
    return undefined;
  });
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => void warnings.push(message);
  const result = await exportProject("local/demo", { out, api, onWarning });
  expect(result).toMatchObject({ runs: RUNS - 1, rows: 360, systemRows: RUNS - 1, vanished: ["run4"] });
  expect(warnings.join()).toMatch(/run4/);
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, vanished: [] });
});

test("runs that are gone stay and are named; prune takes them out", async () => {
  const { api, server, ids } = await refusing();
  const out = join(temporaryFolder(), "dataset");
  await exportProject("local/demo", { out, api });
  await deleteRun(server.url, ids.get("run4") as string);
  const kept = await exportProject("local/demo", { out, api });
  expect(kept).toMatchObject({ runs: RUNS, rows: 400, vanished: ["run4"], fetchedRuns: 0 });
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, vanished: ["run4"] });
  const pruned = await exportProject("local/demo", { out, api, prune: true });
  expect(pruned).toMatchObject({ runs: RUNS - 1, rows: 360, vanished: ["run4"], changed: true });
  expect((await readTable(out, "history")).filter(({ run_id }) => run_id === "run4")).toEqual([]);
  expect(await verifyExport(out, { api })).toMatchObject({ ok: true, vanished: [] });
});

describe("another process", () => {
  const children = exportChildren();

  test("that exports there now is named; one that is gone is taken over from", {
    timeout: 60_000,
  }, async () => {
    const { api, server, refuse } = await refusing();
    const out = join(temporaryFolder(), "dataset");
    let reached = () => {};
    const waiting = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const never = new Promise<undefined>(() => undefined);
    let isHeld = true;
    refuse((request) => {
      if (!isHeld || !isRows(request)) return undefined;
      reached();
      return never;
    });
    const child = children.start(server.url, "local/demo", out);
    await waiting;
    const refusal = exportProject("local/demo", { out, api });
    await expect(refusal).rejects.toThrow(LazyrunsError);
    await expect(refusal).rejects.toThrow(
      new RegExp(`is being exported to by process ${child.pid}, since \\d{4}-`),
    );
    child.kill("SIGKILL");
    await once(child, "exit");
    isHeld = false;
    expect(await exportProject("local/demo", { out, api })).toMatchObject({ runs: RUNS, rows: 400 });
  });

  test("in the same process is told from it, too", async () => {
    const { api } = await refusing();
    const out = join(temporaryFolder(), "dataset");
    const both = await Promise.allSettled([1, 2].map(() => exportProject("local/demo", { out, api })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

const canMount = process.platform === "linux" && process.getuid?.() === 0 && mounts();

test.skipIf(!canMount)(
  canMount
    ? "a full disk: what was fetched is kept"
    : "a full disk (not tried: file systems can't be mounted here)",
  async () => {
    const { server, api } = await testServer();
    const random = (step: number) => Math.sin(step * 12.9898) * 43758.5453;
    const rows = Array.from({ length: 4000 }, (_, step) => ({ a: random(step), b: random(step + 0.5) }));
    await logRuns(
      server.url,
      "demo",
      [1, 2, 3, 4].map((run) => ({ id: `run${run}`, rows })),
    );
    const disk = temporaryFolder();
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=220k", "tmpfs", disk]);
    onTestFinished(() => void execFileSync("umount", ["-l", disk]));
    const out = join(disk, "dataset");
    const limits = { ...SMALL_PARTS, partRows: 4000, pieceRows: 4000 };
    const full = exportWithin("local/demo", { out, api }, limits);
    await expect(full).rejects.toThrow(LazyrunsError);
    await expect(full).rejects.toThrow(/the disk is full/);
    const staged = readdirSync(join(out, ".lazyruns", "staged"));
    expect(staged.filter((name) => name.endsWith(".json")).length).toBeGreaterThan(0);
    expect(staged.filter((name) => !/^history-\d+\.(json|parquet)$/.test(name))).toEqual([]); // nothing half
    execFileSync("mount", ["-o", "remount,size=4m", disk]);
    expect(await exportWithin("local/demo", { out, api }, limits)).toMatchObject({ runs: 4, rows: 16_000 });
    expect(await readTable(out, "history")).toHaveLength(16_000);
  },
);

function mounts(): boolean {
  const folder = join(import.meta.dirname, "../../node_modules");
  try {
    const there = execFileSync("mktemp", ["-d", join(folder, ".mount-XXXXXX")], { encoding: "utf8" }).trim();
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", there], { stdio: "ignore" });
      execFileSync("umount", [there], { stdio: "ignore" });
      return true;
    } finally {
      execFileSync("rmdir", [there]);
    }
  } catch {
    return false;
  }
}
