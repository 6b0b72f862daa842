import { afterEach, describe, expect, test, vi } from "vitest";
import { ask, logRun, stream, testServer } from "../testing.ts";

const FACTS = `{ project(name: "demo", entityName: "local") { run(name: "r") { state stopped createdAt heartbeatAt } } }`;
const facts = async (server: Awaited<ReturnType<typeof testServer>>) =>
  (await ask(server, FACTS)).project.run;
const MINUTE = 60_000;

afterEach(() => void vi.useRealTimers());

/** Lets the clock go on; timers and sockets are left alone. */
function later(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("a run that is resumed", () => {
  test("after it was asked to stop and died is running, and isn't stopped again", async () => {
    const server = await testServer({ crashedAfter: MINUTE });
    const id = await logRun(server, "r", { host: "vm" }, {});
    await ask(server, "mutation ($id: ID!) { stopRun(input: {id: $id}) { success } }", { id });
    later(2 * MINUTE);
    expect(await facts(server)).toMatchObject({ state: "crashed", stopped: true });

    await logRun(server, "r", { host: "vm" });
    expect(await facts(server)).toMatchObject({ state: "running", stopped: false });
    expect(JSON.parse((await stream(server, "r", {})).body)).toEqual({});
  });

  test("after it had finished is running", async () => {
    const server = await testServer();
    await logRun(server, "r", { host: "vm" }, { complete: true, exitcode: 0 });
    expect((await facts(server)).state).toBe("finished");
    await logRun(server, "r", { host: "vm" });
    expect((await facts(server)).state).toBe("running");
  });

  test("goes on being stopped while its first process lives", async () => {
    const server = await testServer({ crashedAfter: MINUTE });
    const id = await logRun(server, "r", { host: "vm" }, {});
    await ask(server, "mutation ($id: ID!) { stopRun(input: {id: $id}) { success } }", { id });
    await logRun(server, "r", { host: "vm", tags: ["a change of the logging client"] });
    expect(JSON.parse((await stream(server, "r", {})).body)).toEqual({ stopped: true });
  });

  test("writes of the client that logs it are a sign of life, those of others aren't", async () => {
    const server = await testServer({ crashedAfter: MINUTE });
    await logRun(server, "r", { host: "vm" });
    later(0.75 * MINUTE);
    await logRun(server, "r", { host: "vm" });
    later(0.75 * MINUTE);
    expect((await facts(server)).state).toBe("running");
    await logRun(server, "r", { notes: "by the public API" });
    later(0.75 * MINUTE);
    expect((await facts(server)).state).toBe("crashed");
  });
});

describe("when a run began", () => {
  const config = (own: object, rest: object = {}) => JSON.stringify({ ...rest, _wandb: { value: own } });

  test("is what the first of the client's own environments says", async () => {
    const server = await testServer();
    const e = { b: { startedAt: "2026-01-02T00:00:00Z" }, a: { startedAt: "2026-01-01T00:00:00Z" } };
    await logRun(server, "r", { config: config({ e }) });
    expect((await facts(server)).createdAt).toBe("2026-01-01T00:00:00.000Z");
  });

  test("isn't taken from the user's config, nor from elsewhere in the client's", async () => {
    const server = await testServer();
    const startedAt = "2001-01-01T00:00:00Z";
    const user = { startedAt: { value: startedAt }, job: { value: { e: { x: { startedAt } } } } };
    const before = Date.now();
    for (const own of [
      {},
      { startedAt },
      { e: startedAt },
      { e: { w: { nested: { startedAt } } } },
      { e: null },
    ])
      await logRun(server, "r", { config: config(own, user) });
    expect(Date.parse((await facts(server)).createdAt)).toBeGreaterThanOrEqual(before);
  });
});
