import { existsSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LazyrunsError } from "@lazyruns/core";
import { expect, test } from "vitest";
import { deleteRun, logRuns } from "../testing/log-runs.ts";
import { readTable } from "../testing/read-dataset.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { exportProject } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

/** A dataset of three runs, of which the server hasn't the last any more. */
async function exported() {
  const { server, api } = await testServer();
  const ids = await logRuns(
    server.url,
    "demo",
    ["a", "b", "c"].map((id) => ({
      id,
      rows: [{ loss: 1 }, { loss: 2 }],
      system: [{ cpu: 1 }],
      config: { id },
    })),
  );
  const out = join(temporaryFolder(), "dataset");
  const options = { out, api };
  await exportProject("local/demo", options);
  const remove = (id: string) => deleteRun(server.url, ids.get(id) as string);
  const fileOf = (table: string) => join(out, table, readdirSync(join(out, table))[0] as string);
  return { server, out, options, remove, fileOf };
}

/** Makes another byte of one in the middle of a file. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 3);
  bytes[at] = (bytes[at] as number) ^ 0xff;
  writeFileSync(path, bytes);
}

test.each([
  ["runs", "cut off", (path: string) => truncateSync(path, 100)],
  ["runs", "gone", unlinkSync],
  ["runs", "with another byte", flip],
  ["history", "cut off", (path: string) => truncateSync(path, 100)],
  ["system", "gone", unlinkSync],
])("%s %s: what only the dataset has of runs that are gone isn't given up", async (table, _, damage) => {
  const { server, out, options, remove, fileOf } = await exported();
  await remove("c");
  const path = fileOf(table);
  const bytes = readFileSync(path);
  damage(path);
  await logRuns(server.url, "demo", [{ id: "d" }]);
  const refusal = exportProject("local/demo", options);
  await expect(refusal).rejects.toThrow(LazyrunsError);
  await expect(refusal).rejects.toThrow(
    new RegExp(`${table}/part-00000.parquet .* isn't there as it was written.*: c`),
  );
  for (const name of ["runs", "history", "system"])
    if (name !== table) expect(existsSync(fileOf(name))).toBe(true);
  writeFileSync(path, bytes);
  expect(await exportProject("local/demo", options)).toMatchObject({ runs: 4, rows: 6, vanished: ["c"] });
  expect(await verifyExport(out, options)).toMatchObject({ ok: true });
  damage(fileOf(table));
  expect(await exportProject("local/demo", { ...options, prune: true })).toMatchObject({ runs: 3, rows: 4 });
  expect(await verifyExport(out, options)).toMatchObject({ ok: true, problems: [] });
});

test.each([
  ["runs", unlinkSync],
  ["runs", flip],
  ["history", unlinkSync],
])("what was lost of %s is fetched again where the server has it", async (table, damage) => {
  const { out, options, fileOf } = await exported();
  damage(fileOf(table));
  expect(await exportProject("local/demo", options)).toMatchObject({
    runs: 3,
    rows: 6,
    fetchedRuns: 3,
    changed: true,
  });
  expect((await readTable(out, "runs")).map((run) => run["config.id"])).toEqual(["a", "b", "c"]);
  expect(await verifyExport(out, options)).toMatchObject({ ok: true, problems: [] });
});

test("a file with another byte isn't written anew as though it were whole", async () => {
  const { server, out, options, fileOf } = await exported();
  flip(fileOf("history"));
  await logRuns(server.url, "demo", [{ id: "d", rows: [{ other: 1 }] }]);
  const refusal = exportProject("local/demo", options);
  await expect(refusal).rejects.toThrow(/history.part-00000.parquet can't be read: its bytes aren't those/);
  unlinkSync(fileOf("history"));
  expect(await exportProject("local/demo", options)).toMatchObject({ runs: 4, rows: 7 });
  expect(await verifyExport(out, options)).toMatchObject({ ok: true, problems: [] });
});
