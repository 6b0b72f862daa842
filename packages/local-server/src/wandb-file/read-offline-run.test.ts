import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse } from "@lazyruns/json";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { findWandbFiles } from "./find-files.ts";
import { readOfflineRun } from "./read-offline-run.ts";
import { offlineRunFile } from "./testing.ts";
import { WandbFileError } from "./wandb-file-error.ts";

const noWarning = (problem: string) => expect.fail(problem);

let folder: string;
let file: string;

beforeAll(async () => {
  const made = await offlineRunFile();
  ({ folder, file } = made);
  return made.remove;
}, 60_000);

test("a run of the real client is read with every value to the letter", async () => {
  const run = await readOfflineRun(file);
  expect(run).toMatchObject({
    runId: "every1",
    project: "decoder",
    displayName: "some of everything",
    notes: "a note",
    tags: ["a", "b"],
    group: "g",
    jobType: "train",
    exitCode: 3,
    warnings: [],
  });
  expect(run.entity).toBeUndefined();
  expect(Math.abs(Date.now() - run.startedAt.getTime())).toBeLessThan(120_000);
  expect(run.history).toHaveLength(61);
  expect(run.history[7]).toContain('"big":9007199254741000');
  expect(run.history[0]).toContain('"big":9007199254740993');
  expect(parse(run.history[7] ?? "")).toMatchObject({
    _step: 7,
    loss: 0.125,
    nan: Number.NaN,
    inf: Number.NEGATIVE_INFINITY,
    deep: { b: { c: 7 }, "d.e": 2 },
    text: "hé",
  });
  expect(parse(run.history[60] ?? "")).toMatchObject({
    _step: 100,
    "val/acc": 0.5,
    histogram: { _type: "histogram" },
  });
});

test("config, summary, system metrics, console and files are as wandb's uploader sends them", async () => {
  const run = await readOfflineRun(file);
  expect(parse(run.config)).toMatchObject({
    lr: { value: 0.2 },
    opt: { value: { name: "adam", betas: [0.9, 0.999] } },
    "a.b": { value: 1 },
    none: { value: null },
    later: { value: 5 },
    _wandb: {
      value: {
        cli_version: "0.31.0",
        // What `wandb sync` of 0.31.0 sends for these two definitions.
        m: [
          { "1": "loss", "6": [3], "7": [1] },
          { "2": "val/*", "5": 3, "6": [1], "7": [] },
          { "1": "epoch", "6": [], "7": [] },
        ],
      },
    },
  });
  const summary = parse(run.summary);
  expect(summary).toMatchObject({ loss: { min: 1 / 60 }, best: { acc: 0.9 }, nan: Number.NaN, _step: 100 });
  expect(summary).not.toHaveProperty("dropped");
  expect(run.events.length).toBeGreaterThan(0);
  for (const event of run.events) {
    expect(parse(event)).toMatchObject({
      _wandb: true,
      _timestamp: expect.any(Number),
      _runtime: expect.any(Number),
    });
    expect(event).toContain('"system.');
  }
  expect(run.output.map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]{15} /, ""))).toEqual([
    "step 59",
    "done",
    "ERROR oh",
  ]);
  expect(run.files.map(({ name }) => name)).toContain("output.log");
});

test("a folder's runs are found once, by whatever folder they are asked for", async () => {
  await symlink(folder, join(folder, "wandb", "loop"));
  for (const path of [folder, join(folder, "wandb"), dirname(file), file]) {
    expect(await findWandbFiles(path, noWarning)).toEqual([file]);
  }
  await expect(findWandbFiles(join(folder, "nowhere"), noWarning)).rejects.toThrow(/nowhere: no such file/);
});

test("a file cut off or damaged anywhere gives a run with the good records before, or a clear error", async () => {
  const whole = await readFile(file);
  const run = await readOfflineRun(file);
  const broken = join(folder, "broken.wandb");
  const cutOrFlip = fc.record({ at: fc.nat(whole.length - 1), mask: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(cutOrFlip, async ({ at, mask }) => {
      const bytes = Buffer.from(mask === 0 ? whole.subarray(0, at) : whole);
      if (mask > 0) bytes[at] = (bytes[at] ?? 0) ^ mask;
      await writeFile(broken, bytes);
      const read = await readOfflineRun(broken).catch((error: unknown) => {
        expect(error).toBeInstanceOf(WandbFileError);
        expect(String(error)).toContain(broken);
      });
      if (!read) return;
      const rows = new Set(run.history);
      expect(read.history.every((row) => rows.has(row))).toBe(true);
      if (read.history.length < run.history.length && mask > 0) expect(read.warnings).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a run that was killed has no exit code and keeps what was written", async () => {
  const whole = await readFile(file);
  const killed = join(folder, "killed.wandb");
  const warned: boolean[] = [];
  // Most places are within a record, which is told of; the end may as well fall between two.
  for (let place = 0; place < 100; place += 10) {
    await writeFile(killed, whole.subarray(0, Math.floor(whole.length / 2) + place));
    const run = await readOfflineRun(killed);
    expect(run.exitCode).toBeUndefined();
    expect(run.history.length).toBeGreaterThan(10);
    expect(run.history.length).toBeLessThan(61);
    warned.push(run.warnings.length > 0);
  }
  expect(warned).toContain(true);
});

test("what is no .wandb file, of another version, or without a run, is named with its file", async () => {
  const other = join(folder, "other.wandb");
  await writeFile(other, "just text");
  await expect(readOfflineRun(other)).rejects.toThrow(`${other}: not a .wandb file`);
  await writeFile(other, "");
  await expect(readOfflineRun(other)).rejects.toThrow(`${other}: not a .wandb file`);
  const bytes = await readFile(file);
  bytes[6] = 9;
  await writeFile(other, bytes);
  await expect(readOfflineRun(other)).rejects.toThrow(/version 9 of the .wandb format/);
  await writeFile(other, (await readFile(file)).subarray(0, 7));
  await expect(readOfflineRun(other)).rejects.toThrow(/no run in it/);
  await expect(readOfflineRun(join(folder, "gone.wandb"))).rejects.toThrow(/can't be opened/);
});

test("a folder of saved files is listed with its subfolders and linked files, not with linked folders", async () => {
  const copy = join(folder, "copy");
  await mkdir(join(copy, "files", "media"), { recursive: true });
  await copyFile(file, join(copy, "run.wandb"));
  await writeFile(join(copy, "files", "media", "a.txt"), "a");
  await symlink(file, join(copy, "files", "saved"));
  await symlink(copy, join(copy, "files", "loop"));
  const { files } = await readOfflineRun(join(copy, "run.wandb"));
  expect(files.map(({ name }) => name)).toEqual(["media/a.txt", "saved"]);
});
