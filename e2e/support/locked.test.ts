import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { locked } from "./locked.ts";
import { temporaryFolder } from "./server.ts";

/** A process number that no system gives. */
const GONE = "999999999";

test.each([
  ["nobody has", undefined],
  ["a process left that is gone", GONE],
  ["is empty", ""],
  ["holds no process", "no number"],
])("a lock that %s is one's at a time, and none is left", async (_, left) => {
  const folder = temporaryFolder();
  const file = path.join(folder, "lock");
  if (left !== undefined) writeFileSync(file, left);
  let atOnce = 0;
  let most = 0;
  const work = async () => {
    atOnce++;
    most = Math.max(most, atOnce);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(existsSync(file)).toBe(true);
    atOnce--;
  };
  await Promise.all(Array.from({ length: 12 }, () => locked(file, work)));
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test("work that fails frees the lock", async () => {
  const file = path.join(temporaryFolder(), "lock");
  const failing = locked(file, async () => {
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await locked(file, async () => "done")).toBe("done");
});
