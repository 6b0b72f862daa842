import { chmodSync, copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { startServer } from "../server.ts";
import { ask, send, temporaryFolder } from "../testing.ts";
import { offlineRunFile } from "../wandb-file/testing.ts";

const RUN = `{ project(name: "decoder", entityName: "local") { runs { edges { node {
  name state historyLineCount logLineCount summaryMetrics files { edges { node { name sizeBytes url } } } } } } } }`;

let whole: string;

beforeAll(async () => {
  const { file, remove } = await offlineRunFile();
  whole = file;
  return remove;
}, 60_000);

/** A folder of runs under any name, which holds the run as far as it was written then. */
function folderWith(bytes: number): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, "laptop", "old runs", "offline-run-1", "run-every1.wandb");
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(whole, file);
  truncateSync(file, bytes);
  return { folder, file };
}

/** Starts a server on a data folder, imports, asks for the runs, and ends it. */
async function imported(dataDir: string, folder: string) {
  const told: string[] = [];
  const server = await startServer({ dataDir, imports: [folder], onImport: (message) => told.push(message) });
  try {
    const data = await ask(server, RUN);
    return { told, runs: data.project?.runs.edges.map((edge: { node: object }) => edge.node) ?? [] };
  } finally {
    await server.close();
  }
}

test("a run that was cut off when it was imported is brought up to date when its file holds more", async () => {
  const dataDir = temporaryFolder();
  const size = readFileSync(whole).length;
  const { folder, file } = folderWith(Math.floor(size / 2));
  writeFileSync(join(dirname(file), "run.log"), "not searched for");
  const early = await imported(dataDir, folder);
  expect(early.runs[0].historyLineCount).toBeGreaterThan(5);
  expect(early.runs[0].historyLineCount).toBeLessThan(61);
  expect(early.runs[0].state).toBe("running");

  copyFileSync(whole, file);
  mkdirSync(join(dirname(file), "files"));
  writeFileSync(join(dirname(file), "files", "late.txt"), "late");
  const late = await imported(dataDir, folder);
  expect(late.runs).toMatchObject([
    { name: "every1", historyLineCount: 61, state: "failed", logLineCount: 3 },
  ]);
  expect(JSON.parse(late.runs[0].summaryMetrics.replaceAll(/-?\bInfinity\b|\bNaN\b/g, "0"))._step).toBe(100);
  expect(late.runs[0].files.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual([
    "late.txt",
  ]);
  const rows = 61 - early.runs[0].historyLineCount;
  expect(late.told).toEqual([`Imported 0 runs, what is new of 1 run (${rows} rows) of ${folder}.`]);

  const again = await imported(dataDir, folder);
  expect(again.runs).toMatchObject([{ historyLineCount: 61 }]);
  expect(again.told).toEqual([`Imported 0 runs (0 rows) of ${folder}; 1 already there.`]);
});

test("a run that a client logged to since is left as it is", async () => {
  const dataDir = temporaryFolder();
  const size = readFileSync(whole).length;
  const { folder, file } = folderWith(Math.floor(size / 2));
  const first = await startServer({ dataDir, imports: [folder] });
  const { historyLineCount: rows } = (await ask(first, RUN)).project.runs.edges[0].node;
  const body = {
    files: { "wandb-history.jsonl": { offset: rows, content: ['{"_step":1000}'] } },
    complete: true,
  };
  const answer = await send(`${first.url}/files/local/decoder/every1/file_stream`, {
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  await first.close();

  copyFileSync(whole, file);
  const { told, runs } = await imported(dataDir, folder);
  expect(runs).toMatchObject([{ historyLineCount: rows + 1, state: "finished" }]);
  expect(told[0]).toMatch(/Imported 0 runs .*; 1 left as they are, because they were logged to here/);
});

test("what can't be read is told of, and the rest is imported", async () => {
  const { folder, file } = folderWith(readFileSync(whole).length);
  const closed = join(folder, "closed");
  const saved = join(dirname(file), "files");
  for (const path of [closed, saved]) mkdirSync(path);
  writeFileSync(join(folder, "text.wandb"), "text");
  writeFileSync(join(saved, "closed.txt"), "x");
  writeFileSync(join(saved, "open.txt"), "x");
  chmodSync(join(saved, "closed.txt"), 0);
  chmodSync(closed, 0);
  try {
    const { told, runs } = await imported(temporaryFolder(), folder);
    expect(runs).toHaveLength(1);
    expect(told.at(-1)).toBe(`Imported 1 run (61 rows) of ${folder}; 1 not imported.`);
    expect(told.join("\n")).toContain("text.wandb: not a .wandb file");
    // Who may read everything can't be refused anything.
    if (process.getuid?.() !== 0) {
      expect(told.join("\n")).toContain(`${closed}: the folder can't be read`);
      expect(told.join("\n")).toMatch(/Not imported: EACCES.*closed\.txt/);
      expect(runs[0].files.edges).toHaveLength(1);
    }
  } finally {
    chmodSync(closed, 0o700);
  }
});

test("a folder without any .wandb file is an error that names it", async () => {
  const folder = temporaryFolder();
  await expect(startServer({ dataDir: temporaryFolder(), imports: [folder] })).rejects.toThrow(
    `--import ${folder}: there is no .wandb file in it or below it.`,
  );
});
