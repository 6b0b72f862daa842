import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Api, InvalidArgumentError, LazyrunsError, NotFoundError, where } from "@lazyruns/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { KEY, logRuns } from "../testing/log-runs.ts";
import { temporaryFolder, testServer } from "../testing/setting.ts";
import { exportProject } from "./export-project.ts";
import { verifyExport } from "./verify/verify-export.ts";

/** A server that nobody must ask. */
const nobody = new Api({ baseUrl: "http://127.0.0.1:9", apiKey: KEY });

async function dataset() {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", [{ id: "a", rows: [{ loss: 1 }] }]);
  const out = join(temporaryFolder(), "dataset");
  await exportProject("local/demo", { out, api });
  return { server, api, out };
}

describe("a folder that isn't one for the export is refused, and stays as it is", () => {
  test("a file", async () => {
    const out = join(temporaryFolder(), "file");
    writeFileSync(out, "mine");
    const given = { out, api: nobody };
    await expect(exportProject("local/demo", given)).rejects.toThrow(/which is no folder/);
    await expect(exportProject("local/demo", { ...given, out: join(out, "below") })).rejects.toThrow(
      /there is a file where a folder would have to be/,
    );
    expect(readFileSync(out, "utf8")).toBe("mine");
  });

  test("one that holds other files", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "thesis.txt"), "mine");
    const refusal = exportProject("local/demo", { out, api: nobody });
    await expect(refusal).rejects.toThrow(InvalidArgumentError);
    await expect(refusal).rejects.toThrow(/holds other files \(thesis.txt\)/);
    expect(readdirSync(out)).toEqual(["thesis.txt"]);
  });

  test.runIf(process.platform === "linux")("one that can't be written to", async () => {
    // Where nobody may make files, not even the system's own user.
    const refusal = exportProject("local/demo", { out: "/sys/lazyruns", api: nobody });
    await expect(refusal).rejects.toThrow(LazyrunsError);
    await expect(refusal).rejects.toThrow(/\/sys\/lazyruns can't be/);
  });

  test.each([
    ["another project's", "local/other", {}, /other project: "local\/demo", and not "local\/other"/],
    ["other filters'", "local/demo", { filters: { state: "finished" } }, /other filters: null/],
    ["other keys'", "local/demo", { keys: ["loss"] }, /other keys: null, and not \["loss"\]/],
    ["other streams'", "local/demo", { streams: ["history"] }, /other streams/],
  ] as const)("one that holds %s export", async (_, path, options, message) => {
    const { api, out } = await dataset();
    await expect(exportProject(path, { out, api, ...options })).rejects.toThrow(message);
    expect(await verifyExport(out, { api })).toMatchObject({ ok: true });
  });

  test("one that holds another server's export", async () => {
    const { out } = await dataset();
    await expect(exportProject("local/demo", { out, api: nobody })).rejects.toThrow(/other server: "http/);
  });

  test("one in which an export of something else was broken off", async () => {
    const { server, api } = await testServer();
    await logRuns(server.url, "demo", [{ id: "a", rows: [{ loss: 1 }] }]);
    const out = temporaryFolder();
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === "runs") controller.abort(new Error("enough"));
    };
    const controller = new AbortController();
    const { signal } = controller;
    await expect(exportProject("local/demo", { out, api, signal, onProgress })).rejects.toThrow("enough");
    await expect(exportProject("local/demo", { out, api, keys: ["loss"] })).rejects.toThrow(/other keys/);
  });

  test("one whose manifest a newer version wrote, is broken, or somebody else's", async () => {
    const { api, out } = await dataset();
    const path = join(out, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const [text, message] of [
      [JSON.stringify({ ...manifest, version: 2 }), /of version 2, and this library knows version 1/],
      [JSON.stringify(manifest).slice(0, 100), /manifest.json is broken: it isn't JSON/],
      [JSON.stringify({ name: "a web page" }), /isn't the manifest of a dataset/],
      [JSON.stringify({ ...manifest, runs: undefined }), /manifest.json is broken: it lacks/],
      [JSON.stringify(manifest).replace("history/part", "history/../part"), /it names "history\/..\/part-/],
    ] as const) {
      writeFileSync(path, text);
      await expect(exportProject("local/demo", { out, api })).rejects.toThrow(message);
      await expect(verifyExport(out, { api })).rejects.toThrow(message);
    }
  });

  test("one with files of somebody else among the dataset's", async () => {
    const { server, api, out } = await dataset();
    writeFileSync(join(out, "history", "part-mine.parquet"), "mine");
    await logRuns(server.url, "demo", [{ id: "b" }]);
    await expect(exportProject("local/demo", { out, api })).rejects.toThrow(
      /part-mine.parquet isn't a file of the dataset: manifest.json doesn't name it/,
    );
    expect((await verifyExport(out, { api })).problems).toEqual([
      {
        path: "history/part-mine.parquet",
        message: "history/part-mine.parquet isn't a file of the dataset.",
      },
    ]);
  });
});

test("hidden files and notes beside the tables stay", async () => {
  const { server, api, out } = await dataset();
  writeFileSync(join(out, "NOTES.md"), "mine");
  mkdirSync(join(out, "charts"));
  await logRuns(server.url, "demo", [{ id: "b" }]);
  expect(await exportProject("local/demo", { out, api })).toMatchObject({ runs: 2, changed: true });
  expect(readFileSync(join(out, "NOTES.md"), "utf8")).toBe("mine");
});

test.each([
  [{ out: "" }, /out is /],
  [{ out: "x", keys: [] }, /keys is \[\]/],
  [{ out: "x", streams: ["events"] }, /streams is \["events"\]/],
  [{ out: "x", prune: "yes" }, /prune is yes/],
  [{ out: "x", signal: {} }, /signal is \{\}/],
  [{}, /out is undefined/],
])("bad options are refused at once: %j", async (options, message) => {
  const refusal = exportProject("local/demo", { ...options, api: nobody } as never);
  await expect(refusal).rejects.toThrow(InvalidArgumentError);
  await expect(refusal).rejects.toThrow(message);
});

test("a project that isn't there leaves nothing in the way of the right one", async () => {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", [{ id: "a" }]);
  const out = temporaryFolder();
  await expect(exportProject("local/dmeo", { out, api })).rejects.toThrow(NotFoundError);
  expect(await exportProject("local/demo", { out, api })).toMatchObject({ runs: 1 });
});

test("conditions made by where() are filters like any", async () => {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", [
    { id: "a", config: { lr: 1 } },
    { id: "b", config: { lr: 2 } },
  ]);
  const given = { out: temporaryFolder(), api, filters: where.config("lr").gt(1) };
  expect(await exportProject("local/demo", given)).toMatchObject({ runs: 1, changed: true });
  expect(await exportProject("local/demo", given)).toMatchObject({ runs: 1, changed: false });
  const other = { ...given, filters: where.config("lr").gt(0) };
  await expect(exportProject("local/demo", other)).rejects.toThrow(/other filters/);
});

test("filters are the same in whatever order their fields are given", async () => {
  const { server, api } = await testServer();
  await logRuns(server.url, "demo", [{ id: "a" }, { id: "b" }]);
  const out = temporaryFolder();
  const first = { $or: [{ state: "finished", id: { $in: ["a"] } }], jobType: null };
  const second = { jobType: null, $or: [{ id: { $in: ["a"] }, state: "finished" }] };
  expect(await exportProject("local/demo", { out, api, filters: first })).toMatchObject({ runs: 1 });
  expect(await exportProject("local/demo", { out, api, filters: second })).toMatchObject({ changed: false });
  const other = { ...second, $or: [{ id: { $in: ["a", "b"] }, state: "finished" }] };
  await expect(exportProject("local/demo", { out, api, filters: other })).rejects.toThrow(/other filters/);
});

test("verifying a folder without a dataset is refused", async () => {
  await expect(verifyExport(temporaryFolder())).rejects.toThrow(/holds no dataset/);
});

test("verifying sends the API key to no server that a manifest alone names", async () => {
  const asked: string[] = [];
  const { server, api } = await testServer({ onRequest: ({ path }) => asked.push(path) });
  await logRuns(server.url, "demo", [{ id: "a" }]);
  const out = temporaryFolder();
  await exportProject("local/demo", { out, api });
  asked.length = 0;
  vi.stubEnv("WANDB_API_KEY", KEY);
  vi.stubEnv("WANDB_BASE_URL", "https://api.example.com");
  onTestFinished(() => void vi.unstubAllEnvs());
  const refusal = verifyExport(out);
  await expect(refusal).rejects.toThrow(InvalidArgumentError);
  await expect(refusal).rejects.toThrow(
    /The dataset is of http:.*, and new Api\(\) is of https:\/\/api.example.com/,
  );
  expect(asked).toEqual([]);
  vi.stubEnv("WANDB_BASE_URL", server.url);
  expect(await verifyExport(out)).toMatchObject({ ok: true });
});
