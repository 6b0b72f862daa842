import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { shared } from "../kernel/shared.ts";
import { fakeKernel } from "../testing/fake-kernel.ts";
import { observeWork } from "./observe-work.ts";
import { progress } from "./switch.ts";

const work = { operation: "histories", entity: "team", project: "digits" } as const;
const at = (done: number) => ({ done, total: 100, unit: "runs" }) as const;

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  progress(true);
});

/** What is written to stderr until the test ends, as to a terminal of this width, or to a pipe. */
function stderrOf(columns: number | undefined): string[] {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stderr, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  const { isTTY, columns: width } = process.stderr;
  Object.assign(process.stderr, { isTTY: columns !== undefined, columns });
  onTestFinished(() => {
    write.mockRestore();
    Object.assign(process.stderr, { isTTY, columns: width });
  });
  return written;
}

test("one output that is updated at most ten times a second, and becomes the result", async () => {
  const outputs = fakeKernel();
  const observer = observeWork(work);
  await vi.advanceTimersByTimeAsync(299);
  expect(outputs).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(outputs).toHaveLength(1);
  for (let done = 1; done <= 100; done++) {
    observer?.progress(at(done));
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(outputs[0]?.updates).toBeGreaterThanOrEqual(9);
  expect(outputs[0]?.updates).toBeLessThanOrEqual(11);
  observer?.end();
  const { updates } = outputs[0] as { updates: number };
  expect(outputs[0]?.data).toEqual({ "text/plain": "histories of team/digits: 100 runs in 1.30s (77/s)" });
  await vi.advanceTimersByTimeAsync(1000);
  expect(outputs[0]?.updates).toBe(updates);
  expect(outputs).toHaveLength(1);
});

test("nothing of a call that is over soon, and nothing when it is switched off or is work of our own", async () => {
  const outputs = fakeKernel();
  const soon = observeWork(work);
  await vi.advanceTimersByTimeAsync(200);
  soon?.end(new Error("no"));
  progress(false);
  expect(observeWork(work)).toBeUndefined();
  progress(true);
  expect(shared.quiet.run(true, () => observeWork(work))).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2000);
  expect(outputs).toEqual([]);
  expect(() => progress("no" as never)).toThrow("it takes true or false");
});

test("a line of a terminal that never wraps", async () => {
  const terminal = stderrOf(40);
  const observer = observeWork(work);
  await vi.advanceTimersByTimeAsync(300);
  observer?.progress(at(50));
  await vi.advanceTimersByTimeAsync(100);
  observer?.end(new Error("the server\u001b[2J is gone"));
  expect(terminal).toEqual([
    "\rhistories of team/digits ░░░░░░░░░░░░░…\u001b[K",
    "\rhistories of team/digits ██████████░░░…\u001b[K",
    "\rhistories of team/digits: failed after…\u001b[K\n",
  ]);
});

test("a failure's control characters do nothing to a terminal", async () => {
  const terminal = stderrOf(200);
  const observer = observeWork(work);
  await vi.advanceTimersByTimeAsync(300);
  observer?.end(new Error("the server\u001b[2J is gone"));
  expect(terminal.at(-1)).toBe(
    "\rhistories of team/digits: failed, 0.30s. Error: the server [2J is gone\u001b[K\n",
  );
});

test("nothing in a pipe", async () => {
  const pipe = stderrOf(undefined);
  const observer = observeWork(work);
  await vi.advanceTimersByTimeAsync(300);
  observer?.end();
  expect(pipe).toEqual([]);
});

test("of two calls at once each ends in a row of its own", async () => {
  const terminal = stderrOf(80);
  const first = observeWork(work);
  const second = observeWork({ ...work, operation: "table" });
  await vi.advanceTimersByTimeAsync(300);
  terminal.length = 0;
  second?.end();
  first?.end();
  expect(terminal).toEqual([
    "\rtable of team/digits: done in 0.30s\u001b[K\n",
    expect.stringContaining("histories of team/digits ░"),
    "\rhistories of team/digits: done in 0.30s\u001b[K\n",
  ]);
});
