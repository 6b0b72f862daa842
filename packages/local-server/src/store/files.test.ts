import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import type { LocalServer } from "../server.ts";
import { startServer } from "../server.ts";
import { ask, FORMAT_4_TABLES, logRun, send, temporaryFolder, testServer } from "../testing.ts";

const CREATE = `mutation { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "r", files: ["a"]}) {
  files { uploadUrl } } }`;
const DELETE = "mutation ($id: ID!) { deleteRun(input: {id: $id}) { success } }";
const address = async (server: LocalServer): Promise<string> =>
  (await ask(server, CREATE)).createRunFiles.files[0].uploadUrl;
const put = (url: string, body: string) => send(url, { method: "PUT", body });
const contents = (dataDir: string) => readdirSync(join(dataDir, "files"));

describe("a file", () => {
  test("that is replaced while it is read comes whole, the old one or the new one", async () => {
    const server = await testServer();
    await logRun(server, "r");
    const url = await address(server);
    const versions = ["a".repeat(10), "b".repeat(300_000)];
    await put(url, versions[0] ?? "");
    let isWriting = true;
    const seen = new Set<number>();
    const read = async () => {
      while (isWriting || seen.size < 2) {
        const { status, body, headers } = await send(url, { method: "GET" });
        expect([status, headers["content-length"]]).toEqual([200, String(body.length)]);
        expect(versions.includes(body)).toBe(true);
        seen.add(body.length);
      }
    };
    const write = async () => {
      for (let version = 1; version <= 41; version++) await put(url, versions[version % 2] ?? "");
      isWriting = false;
      await put(url, versions[0] ?? "");
    };
    await Promise.all([read(), read(), read(), write()]);
  }, 30_000);

  test("whose run is deleted during the upload is refused, and its bytes go", async () => {
    const dataDir = temporaryFolder();
    const server = await testServer({ dataDir });
    const id = await logRun(server, "r");
    const url = await address(server);
    const status = new Promise<number | undefined>((resolve, reject) => {
      const upload = httpRequest(url, { method: "PUT", headers: { "content-length": 20 } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      upload.once("error", reject);
      upload.write("x".repeat(10));
      expect
        .poll(() => contents(dataDir))
        .toHaveLength(1)
        .then(() => ask(server, DELETE, { id }))
        .then(() => upload.end("y".repeat(10)), reject);
    });
    expect(await status).toBe(404);
    expect(contents(dataDir)).toEqual([]);
  });

  test("that nothing names is removed at the next start, and no other", async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir });
    await logRun(first, "r");
    await put(await address(first), "kept");
    await first.close();
    writeFileSync(join(dataDir, "files", "0123.part"), "of a server that was killed");
    const second = await testServer({ dataDir });
    expect(contents(dataDir)).toHaveLength(1);
    expect((await send(await address(second), { method: "GET" })).body).toBe("kept");
  });

  test("that an older version stored is still there", async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir });
    await logRun(first, "r");
    await put(await address(first), "of old");
    await first.close();
    makeOld(dataDir);

    const second = await testServer({ dataDir });
    const url = await address(second);
    expect((await send(url, { method: "GET" })).body).toBe("of old");
    await put(url, "new");
    expect(contents(dataDir).map((name) => readFileSync(join(dataDir, "files", name), "utf8"))).toEqual([
      "new",
    ]);
  });

  test("at an address with a wrong token is no request that was admitted", async () => {
    const paths: string[] = [];
    const server = await testServer({ onRequest: ({ path }) => paths.push(path) });
    await logRun(server, "r");
    const url = await address(server);
    paths.length = 0;
    expect((await put(url.replace(/\?name=a$/, "?name=b"), "x")).status).toBe(404);
    expect(paths).toEqual([]);
    expect((await put(url, "x")).status).toBe(200);
    expect(paths).toEqual([new URL(url).pathname]);
  });
});

/** Makes a folder what an older version wrote: no column for the bytes' name, which was made from run and name. */
function makeOld(dataDir: string): void {
  const database = new Database(join(dataDir, "lazyruns.db"));
  const [row] = database.prepare("SELECT * FROM files").all() as { run_id: number; content: string }[];
  for (const table of FORMAT_4_TABLES) database.exec(`DROP TABLE ${table}`);
  database.exec("ALTER TABLE files DROP COLUMN content; PRAGMA user_version = 2");
  database.close();
  const folder = join(dataDir, "files");
  const old = createHash("sha256").update(`${row?.run_id}/a`).digest("hex");
  renameSync(join(folder, row?.content ?? ""), join(folder, old));
  expect(existsSync(join(folder, old))).toBe(true);
}
