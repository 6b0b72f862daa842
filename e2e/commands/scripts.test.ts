import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { missingModules } from "../../scripts/lib/installed.mjs";
import { quoteForCmd } from "../../scripts/lib/run.mjs";
import { fingerprint, onceFor } from "../../scripts/lib/stamp.mjs";
import { countReport, countsLine } from "../../scripts/lib/vitest-report.mjs";
import { temporaryFolder } from "../support/server.ts";

describe("what is installed", () => {
  const LOCK = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      turbo:
        version: 2.0.0

  packages/a:
    dependencies:
      x:
        version: 1.0.0

  packages/empty: {}

packages:

  x@1.0.0:
    resolution: {}
`;

  test("lacks the packages whose folder was removed", () => {
    const root = temporaryFolder();
    writeFileSync(join(root, "pnpm-lock.yaml"), LOCK);
    mkdirSync(join(root, "node_modules"));
    expect(missingModules(root)).toEqual(["packages/a"]);
    mkdirSync(join(root, "packages/a/node_modules"), { recursive: true });
    expect(missingModules(root)).toEqual([]);
  });

  test("is what the lockfile of this checkout names", () => {
    expect(missingModules(new URL("../../", import.meta.url).pathname)).toEqual([]);
  });
});

describe("a stamp", () => {
  test("has a folder made once for each thing it is made from, and again when making it failed", async () => {
    const folder = temporaryFolder();
    const source = join(folder, "source");
    const stamp = join(folder, "made/stamp");
    const made: string[] = [];
    const make = async (words: string[] = [], fails = false) => {
      const print = await fingerprint([source], words);
      await onceFor(stamp, print, async () => {
        made.push(readFileSync(source, "utf8"));
        if (fails) throw new Error("no luck");
      });
    };
    writeFileSync(source, "one");
    await make();
    await make();
    expect(made).toEqual(["one"]);
    await make(["another Node"]);
    writeFileSync(source, "two");
    await expect(make([], true)).rejects.toThrow("no luck");
    await make();
    await make();
    expect(made).toEqual(["one", "one", "two", "two"]);
  });
});

describe("the count of tests", () => {
  const report = (text: string) => {
    const file = join(temporaryFolder(), "report.json");
    writeFileSync(file, text);
    return file;
  };
  const counts = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [],
  };

  test("is the report's", async () => {
    const found = await countReport(report(JSON.stringify(counts)), 0);
    expect(countsLine(found)).toBe("3 passed, 0 failed, 1 skipped");
  });

  test("takes whatever goes wrong as a failure", async () => {
    expect((await countReport(join(temporaryFolder(), "none"), 0)).failed).toBe(1);
    expect((await countReport(report(JSON.stringify(counts)), 1)).failed).toBe(1);
    expect((await countReport(report(JSON.stringify({ ...counts, numPassedTests: 0 })), 0)).failed).toBe(1);
    const broken = { ...counts, testResults: [{ status: "failed", assertionResults: [] }] };
    expect((await countReport(report(JSON.stringify(broken)), 1)).failed).toBe(1);
  });
});

test.each([
  ["--frozen-lockfile", "--frozen-lockfile"],
  ["C:\\repo\\a.tgz", "C:\\repo\\a.tgz"],
  ["pnpm@10.34.9", "pnpm@10.34.9"],
  ["C:\\my repo", '"C:\\my repo"'],
  ["a&calc", '"a&calc"'],
  ['say "x"', '"say ""x"""'],
  ["", '""'],
])("for Windows' shell, %j is %s", (argument, expected) => {
  expect(quoteForCmd(argument)).toBe(expected);
});
