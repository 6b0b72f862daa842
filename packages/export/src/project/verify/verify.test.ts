import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logRuns } from "../../testing/log-runs.ts";
import { temporaryFolder, testServer } from "../../testing/setting.ts";
import type { Manifest } from "../dataset/manifest.ts";
import { exportProject } from "../export-project.ts";
import { verifyExport } from "./verify-export.ts";

async function exported() {
  const { server, api } = await testServer();
  const rows = [{ loss: 1, n: 1, text: "x", list: [1], none: null }];
  await logRuns(server.url, "demo", [{ id: "a", rows, system: [{ cpu: 1 }], config: { list: [1] } }]);
  const out = join(temporaryFolder(), "dataset");
  await exportProject("local/demo", { out, api });
  return { out, verify: () => verifyExport(out, { api }) };
}

/** Has the manifest say something else. */
function change(out: string, edit: (manifest: Manifest) => object): void {
  const path = join(out, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...manifest, ...edit(manifest) }));
}

test("a column of another type than the manifest says is named", async () => {
  const { out, verify } = await exported();
  expect(await verify()).toMatchObject({ ok: true, problems: [] });
  change(out, ({ tables }) => {
    const { history } = tables;
    const columns = history?.columns.map((column) =>
      column.name === "n" ? { ...column, dtype: "utf8" } : column,
    );
    return { tables: { ...tables, history: { ...history, columns } } };
  });
  const path = "history/part-00000.parquet";
  const message = `${path} has other columns than the manifest says: n.`;
  expect((await verify()).problems).toEqual([{ path, message }]);
});

test("a run without a count in an exported table is a problem", async () => {
  const { out, verify } = await exported();
  change(out, ({ runs }) => ({ runs: runs.map(({ system, ...run }) => run) }));
  expect((await verify()).problems).toContainEqual({
    run: "a",
    message: "Run a has no count of its rows in system in the manifest.",
  });
});

test("hidden files, which systems leave anywhere, are no problem", async () => {
  const { out, verify } = await exported();
  writeFileSync(join(out, "history", ".DS_Store"), "");
  expect(await verify()).toMatchObject({ ok: true, problems: [] });
});
