import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LazyrunsError } from "@lazyruns/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../testing/setting.ts";
import { lock } from "./lock.ts";
import { onStep } from "./steps.ts";

test("a lock is held against another copy of this module in the same process", async () => {
  const folder = temporaryFolder();
  const unlock = await lock(folder, "out");
  vi.resetModules();
  const other = await import("./lock.ts");
  expect(other.lock).not.toBe(lock);
  await expect(other.lock(folder, "out")).rejects.toThrow(LazyrunsError);
  await expect(other.lock(folder, "out")).rejects.toThrow(/by process \d+, since .* That is this process/);
  await unlock();
  await (await other.lock(folder, "out"))();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("a process of another container on this machine can't be seen, so its lock stands", async () => {
  const folder = temporaryFolder();
  const unlock = await lock(folder, "out");
  const path = join(folder, "lock");
  const holder = JSON.parse(readFileSync(path, "utf8"));
  await unlock();
  writeFileSync(path, JSON.stringify({ ...holder, id: "other", space: "pid:[1]", start: "another" }));
  await expect(lock(folder, "out")).rejects.toThrow(
    /on .*, in another container, since .* If that is gone, delete/,
  );
});

test("a lock that isn't written yet is waited for, and one that nobody goes on writing is taken over", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "lock");
  const unlock = await lock(folder, "out");
  const whole = readFileSync(path);
  writeFileSync(path, "");
  let tries = 0;
  onStep((step) => {
    if (step !== "lock" || ++tries !== 2) return;
    expect(existsSync(path)).toBe(true); // it wasn't taken away
    writeFileSync(path, whole);
  });
  onTestFinished(() => onStep(undefined));
  await expect(lock(folder, "out")).rejects.toThrow(/by process/);
  expect(tries).toBe(2);
  await unlock();
  writeFileSync(path, "");
  await (await lock(folder, "out"))();
  expect(existsSync(path)).toBe(false);
});

test("a lock of an earlier process of the same number is taken over", async () => {
  const folder = temporaryFolder();
  await lock(folder, "out");
  const path = join(folder, "lock");
  const holder = JSON.parse(readFileSync(path, "utf8"));
  const since = new Date(Date.now() - process.uptime() * 1000 - 60_000).toISOString();
  for (const start of [null, "another"]) {
    writeFileSync(path, JSON.stringify({ ...holder, id: "other", since, start }));
    await (await lock(folder, "out"))();
    expect(existsSync(path)).toBe(false);
  }
});
