import { expect, onTestFinished, test } from "vitest";
import { Runs } from "./runs/runs.ts";
import { faultServer } from "./testing/fault-server.ts";
import { ListedProject } from "./testing/listed-project.ts";
import { modelAnswer } from "./testing/model-project.ts";
import { onWork } from "./work.ts";

/** What a listener hears, a line each. */
function listen(): string[] {
  const heard: string[] = [];
  const stop = onWork(({ operation, entity, project }) => {
    heard.push(`${operation} of ${entity}/${project}`);
    return {
      progress: ({ done, total, unit }) => heard.push(`${done}/${total} ${unit}`),
      end: (error) => heard.push(error === undefined ? "end" : `end: ${(error as Error).message}`),
    };
  });
  onTestFinished(stop);
  return heard;
}

async function listed(count: number) {
  const project = new ListedProject(count);
  const { service } = await faultServer((request) => project.answer(request));
  return new Runs(service, "team", "digits");
}

async function withHistories() {
  const runs = ["a", "b"].map((id) => ({ id, history: [{ _step: 0 }] }));
  const { service } = await faultServer((request, response) => {
    response.end(modelAnswer(request, runs));
    return undefined;
  });
  return new Runs(service, "team", "digits");
}

test("every long call tells how far it has come, and that it has ended", async () => {
  const heard = listen();
  const own: number[] = [];
  await (await withHistories()).histories({ onProgress: ({ done }) => own.push(done) });
  expect(heard.splice(0)).toEqual(["histories of team/digits", "1/2 runs", "2/2 runs", "end"]);
  expect(own).toEqual([1, 2]);
  const runs = await listed(3);
  await runs.toArray();
  await runs.upgradeToFull();
  expect(heard.splice(0)).toEqual(["upgrade of team/digits", "3/3 runs", "end"]);
  await (await listed(3)).table({ config: ["lr"] });
  expect(heard.splice(0)).toEqual(["table of team/digits", "3/3 runs", "end"]);
});

test("a listener may end a call, which then throws as by its caller's signal", async () => {
  const ends: unknown[] = [];
  const reason = new Error("interrupted");
  const remove = onWork((_, stop) => ({ progress: () => stop(reason), end: (error) => ends.push(error) }));
  onTestFinished(remove);
  const project = new ListedProject(600);
  const { service } = await faultServer((request) => project.answer(request));
  const runs = () => new Runs(service, "team", "digits");
  const own = new AbortController();
  await expect((await withHistories()).histories({ signal: own.signal })).rejects.toBe(reason);
  await expect(runs().table({})).rejects.toBe(reason);
  const whole = runs();
  await whole.toArray();
  await expect(whole.upgradeToFull()).rejects.toBe(reason);
  expect(ends).toEqual([reason, reason, reason]);
  expect(own.signal.aborted).toBe(false);
});

test("work that fails, or is left early, has ended too", async () => {
  const heard = listen();
  const reason = new Error("stopped");
  const controller = new AbortController();
  const aborted = (await withHistories()).histories({
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(aborted).rejects.toBe(reason);
  expect(heard.splice(0)).toEqual(["histories of team/digits", "1/2 runs", "end: stopped"]);
  for await (const _ of (await withHistories()).historyStream()) break;
  expect(heard).toEqual(["histories of team/digits", "1/2 runs", "end"]);
});

test("a listener that throws, or gives nothing, doesn't spoil the work", async () => {
  const fail = () => {
    throw new Error("broken");
  };
  for (const listener of [fail, () => undefined, () => ({ progress: fail, end: fail })]) {
    onTestFinished(onWork(listener));
  }
  expect(await (await withHistories()).histories()).toHaveLength(2);
});

test("a listener that was taken away hears nothing, and one of another copy does", async () => {
  const heard = listen();
  onWork(() => void heard.push("gone"))();
  const shared = globalThis as unknown as Record<symbol, Set<() => undefined>>;
  const elsewhere = () => void heard.push("elsewhere");
  shared[Symbol.for("lazyruns.work")]?.add(elsewhere);
  onTestFinished(() => void shared[Symbol.for("lazyruns.work")]?.delete(elsewhere));
  await (await withHistories()).histories();
  expect(heard).toContain("elsewhere");
  expect(heard).not.toContain("gone");
});

test("a collection says what of it is there, and asks for nothing", async () => {
  const project = new ListedProject(60);
  const { service, requests } = await faultServer((request) => project.answer(request));
  const runs = new Runs(service, "team", "digits", { perPage: 50 });
  expect(runs.peek()).toEqual({ fetched: [], total: undefined, isComplete: false });
  await runs.at(0);
  expect(runs.peek()).toMatchObject({ total: 60, isComplete: false });
  expect(runs.peek().fetched).toHaveLength(50);
  await runs.toArray();
  expect(runs.peek()).toMatchObject({ total: 60, isComplete: true });
  expect(requests).toHaveLength(2);
});

test("a table of a server that can't choose keys is one piece of work", async () => {
  const project = new ListedProject(3);
  const { service } = await faultServer((request, response) => {
    if (!request.query.includes("(keys")) return project.answer(request);
    response.statusCode = 400;
    response.end('{"errors":[{"message":"Unknown argument \\"keys\\" on field \\"Run.config\\"."}]}');
    return undefined;
  });
  const heard = listen();
  await new Runs(service, "team", "digits").table({ config: ["index"] });
  expect(heard).toEqual(["table of team/digits", "3/3 runs", "end"]);
});
