import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportUrlsOf, partOf, place, sendPart } from "./exports.mjs";

const CONTENT = "0123456789";
const server = createServer(async (request, response) => {
  sendPart(await partOf(request), request, response);
});

beforeAll(async () => {
  place.folder = await mkdtemp(join(tmpdir(), "bench-exports-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  place.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const name = new URL(fileUrl()).pathname.split("/").at(-1) ?? "";
  await writeFile(join(place.folder, name), CONTENT);
});

afterAll(async () => {
  server.close();
  await rm(place.folder, { recursive: true });
});

const fileUrl = () => exportUrlsOf({ rows: 10, isExported: true })[0] ?? "";

async function get(url: string, range?: string) {
  const answer = await fetch(url, { headers: range === undefined ? {} : { range } });
  return [answer.status, await answer.text(), answer.headers.get("content-range")];
}

it.each([
  [undefined, 200, CONTENT, null],
  ["bytes=2-4", 206, "234", "bytes 2-4/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-3", 206, "789", "bytes 7-9/10"],
  ["bytes=8-99", 206, "89", "bytes 8-9/10"],
  ["bytes=10-12", 416, "", "bytes */10"],
])("answers a request for %s", async (range, ...expected) => {
  expect(await get(fileUrl(), range)).toEqual(expected);
});

it("knows no other files, and none without the signature", async () => {
  for (const url of [
    fileUrl().replace(/=.*/, "=other"),
    fileUrl().replace("-10-", "-11-"),
    `${place.url}/exports/`,
  ]) {
    expect(await get(url)).toEqual([404, "", null]);
  }
});
