import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StartError } from "../errors.ts";
import { FORMAT_4_TABLES, temporaryFolder } from "../testing.ts";
import { openDatabase } from "./database.ts";
import { openStore } from "./store.ts";

/** Why a store can't be opened. */
function refusal(folder: string): string {
  try {
    openStore(folder).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }
  throw new Error(`${folder} was opened`);
}

test("is made with the folders it lies in", () => {
  const folder = join(temporaryFolder(), "a", "b");
  openStore(folder).close();
  expect(existsSync(join(folder, "lazyruns.db"))).toBe(true);
});

test("that is a file, or lies below one, is refused", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const advice = "is a file. Give a --data folder in which this user may make files.";
  expect(refusal(file)).toBe(`${file} ${advice}`);
  expect(refusal(join(file, "a", "b"))).toBe(`${file} ${advice}`);
});

test.each([
  ["nonsense", "nonsense ".repeat(1000)],
  ["a damaged header", `SQLite format 3\0${"x".repeat(8000)}`],
])("whose database holds %s is refused, and left as it is", (_, bytes) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lazyruns.db"), bytes);
  expect(refusal(folder)).toMatch(
    /lazyruns\.db in it is damaged, or was not made by lazyruns-server\. Move it away/,
  );
});

test("in which nothing can be made is refused", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "lazyruns.db"));
  expect(refusal(folder)).toContain(`${folder} can't be used: `);
  const other = temporaryFolder();
  writeFileSync(join(other, "files"), "");
  expect(refusal(other)).toContain("files is a file");
  // Where there is such a file system, Node's own way to make folders in it doesn't end.
  if (existsSync("/proc/self")) expect(refusal("/proc/lazyruns/data")).toContain("can't be used: ENOENT");
});

test("of the first format is brought up to this one, and of a newer one is refused", () => {
  const folder = temporaryFolder();
  const first = openStore(folder);
  const { id } = first.projects.ensure("local", "kept");
  const run = first.runs.insert(id, "r", "local", {});
  first.lines.write(run.id, "history", 0, ['{"_step":7}', '{"a":{"_step":1}}', '{"_step":3}']);
  first.close();
  const old = openDatabase(folder);
  for (const table of FORMAT_4_TABLES) old.run(`DROP TABLE ${table}`);
  old.run("DROP TABLE imports");
  old.run("ALTER TABLE files DROP COLUMN content");
  old.run("ALTER TABLE sweeps DROP COLUMN handed_out");
  old.run("PRAGMA user_version = 1");
  old.close();

  const store = openStore(folder);
  expect(store.projects.find("local", "kept")?.id).toBe(id);
  expect(store.imports.list(1)).toEqual([]);
  const range = { minStep: 0, maxStep: 9, endsBefore: false, fromLine: 0 };
  expect(store.lines.inSteps(run.id, range)).toEqual(['{"_step":3}', '{"_step":7}']);
  store.close();
  const newer = openDatabase(folder);
  newer.run("PRAGMA user_version = 99");
  newer.close();
  expect(refusal(folder)).toMatch(/newer lazyruns-server \(format 99\)/);
});
