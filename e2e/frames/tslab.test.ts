import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installPacked, linkOwn, linkPeers, pack, temporaryFolder } from "../packaging/pack.ts";
import { writeRuns } from "../reading/write-runs.ts";
import { API_KEY } from "../support/python.ts";
import { TslabKernel } from "./tslab-kernel.ts";

let folder: string;
let remove: () => Promise<void>;
let server: LocalServer;
let kernel: TslabKernel;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await installPacked(folder, [await pack("core", folder), await pack("dataframes", folder)]);
  await linkPeers(folder, ["nodejs-polars"]);
  await linkOwn(folder, "@types/node");
  server = await startServer({ dataDir: `${folder}/data` });
  await writeRuns(server.url, "local/cells", { runs: 3, steps: 4 });
  kernel = await TslabKernel.start(folder, { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY });
});

afterAll(async () => {
  await kernel?.stop();
  await server?.close();
  await remove?.();
});

it("a cell's frame is typed as polars' own, in that cell and in later ones", async () => {
  const first = await kernel.run(`
    import * as core from "@lazyruns/core";
    import * as polars from "nodejs-polars";
    import * as frames from "@lazyruns/dataframes/polars";
    const api = new core.Api();
    const runs = api.runs("local/cells");
    const df = await runs.histories({ keys: ["loss"], format: "polars" });
    console.log(JSON.stringify([df.height, df.columns]));`);
  expect(first).toEqual({ status: "ok", stdout: '[12,["run_id","_step","loss"]]\n', stderr: "" });

  const later = await kernel.run(`
    const typed: polars.DataFrame = df;
    // @ts-expect-error a frame has no such member
    df.noSuchMember;
    // @ts-expect-error no other type is it
    const wrong: string = df;
    const best = df.groupBy("run_id").agg(polars.col("loss").min()).sort("run_id");
    console.log(JSON.stringify(best.toRecords()));
    await api.close();`);
  expect(later.stderr).toBe("");
  expect(JSON.parse(later.stdout)).toEqual([
    { run_id: "run-0", loss: 0 },
    { run_id: "run-1", loss: 0.25 },
    { run_id: "run-2", loss: 0.5 },
  ]);
});

it("a cell that takes a frame for something else doesn't compile", async () => {
  const { status, stderr } = await kernel.run("const height: string = df.height;");
  expect(status).toBe("error");
  expect(stderr).toContain("Type 'number' is not assignable to type 'string'");
});
