import { afterAll, beforeAll, expect, test } from "vitest";
import { compile, NEW_WAY, OLD_WAY } from "./compile.ts";
import { installPacked, linkOwn, pack, temporaryFolder } from "./pack.ts";

const PROGRAM = `
import { Api } from "@lazyruns/core";
import { exportProject, type ExportResult, verifyExport, type VerifyResult } from "@lazyruns/export";

async function main(): Promise<void> {
  const api = new Api();
  const result: ExportResult = await exportProject("team/project", {
    out: "./project",
    api,
    filters: { state: "finished" },
    keys: ["loss"],
    streams: ["history"],
    onProgress: ({ stage, done, total }) => console.log(stage, done / total),
  });
  const rows: number = result.rows;
  const { ok, problems }: VerifyResult = await verifyExport("./project", { api });
  console.log(rows, ok, problems.map(({ message }) => message));
  // @ts-expect-error there is no such stream
  await exportProject("team/project", { out: "./project", streams: ["events"] });
}
main();
`;

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [
    await pack("core", folder),
    await pack("dataframes", folder),
    await pack("export", folder),
  ]);
  await linkOwn(folder, "@types/node");
});
afterAll(() => remove());

test("TypeScript 5.0 with Node10 resolution", async () => {
  expect(await compile(folder, "5.0.4", { ...OLD_WAY, types: ["node"] }, { "export.ts": PROGRAM })).toBe("");
});

test("TypeScript 5.9 with NodeNext resolution, as ESM and as CommonJS", async () => {
  const files = { "export.mts": PROGRAM, "export.cts": PROGRAM };
  expect(await compile(folder, "5.9.3", { ...NEW_WAY, types: ["node"] }, files)).toBe("");
});
