import { exec } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type LocalServer, type RequestInfo, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRuns } from "../reading/write-runs.ts";
import { pack, ROOT, runNode, temporaryFolder } from "./pack.ts";

/** Asks for each format and says what came: a frame, or an error. */
const PROGRAM = `
import { createRequire } from "node:module";
import * as esm from "@lazyruns/core";
import "@lazyruns/dataframes";
const cjs = createRequire(import.meta.url)("@lazyruns/core");
const SAID = {
  polars: (frame) => [frame.height, frame.columns, frame.getColumn("loss").max()],
  danfo: (frame) => [frame.shape[0], frame.columns, frame.column("loss").max()],
  arrow: (frame) => [frame.numRows, frame.names, Math.max(...frame.getChild("loss").toArray())],
};
const said = { copies: esm.Api === cjs.Api ? 1 : 2 };
for (const [copy, { Api }] of Object.entries({ esm, cjs })) {
  const api = new Api({ baseUrl: process.argv[2], apiKey: "k".repeat(40) });
  for (const format of process.argv.slice(3)) {
    said[copy + " " + format] = await api.runs("local/clean").histories({ keys: ["loss"], format }).then(
      SAID[format],
      ({ name, message }) => ({ name, message }),
    );
  }
  await api.close();
}
console.log(JSON.stringify(said));
`;
const FRAME = [12, ["run_id", "_step", "loss"], 2];

let folder: string;
let remove: () => Promise<void>;
let server: LocalServer;
const requests: RequestInfo[] = [];
const advice = new Map<string, string[]>();

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  server = await startServer({
    dataDir: path.join(folder, "data"),
    onRequest: (request) => requests.push(request),
  });
  await writeRuns(server.url, "local/clean", { runs: 3, steps: 4 });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "clean", private: true }));
  await writeFile(path.join(folder, "program.mjs"), PROGRAM);
  const tarballs = [await pack("core", folder), await pack("dataframes", folder)].map(
    ({ tarball }) => tarball,
  );
  await shell(
    `npm install --no-audit --no-fund ${tarballs.map((tarball) => JSON.stringify(tarball)).join(" ")}`,
  );
});

afterAll(async () => {
  await server?.close();
  await remove?.();
});

/** Runs a command in the project as a user does, whose npm knows nothing of this workspace. */
async function shell(command: string): Promise<string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE_PATH)/i.test(name));
  const { stdout } = await promisify(exec)(command, { cwd: folder, env: Object.fromEntries(kept) });
  return stdout;
}

async function ask(...formats: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runNode(["program.mjs", server.url, ...formats], folder);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"copies"')));
}

test("with core and data frames alone, Arrow works, and what is missing is named with its command", async () => {
  expect(await ask("arrow")).toEqual({ copies: 2, "esm arrow": FRAME, "cjs arrow": FRAME });
  requests.length = 0;
  const said = await ask("polars", "danfo");
  expect(requests).toEqual([]);
  for (const [format, name] of Object.entries({ polars: "nodejs-polars", danfo: "danfojs-node" })) {
    for (const copy of ["esm", "cjs"]) {
      expect(said[`${copy} ${format}`]).toEqual({
        name: "ConfigurationError",
        message: expect.stringContaining(name),
      });
    }
    const { message } = said[`esm ${format}`] as { message: string };
    const commands = [...message.matchAll(/`(npm [^`]+)`/g)].map(([, command]) => command as string);
    expect(commands.join(" ")).toContain(`npm install ${name}`);
    advice.set(format, commands);
  }
});

test.each(["polars", "danfo"])("the command that the error names installs %s", async (format) => {
  for (const command of advice.get(format) ?? []) await shell(command);
  expect(await ask(format)).toEqual({ copies: 2, [`esm ${format}`]: FRAME, [`cjs ${format}`]: FRAME });
});

test("the README names the same commands", async () => {
  const readme = await readFile(path.join(ROOT, "packages/dataframes/README.md"), "utf8");
  for (const command of [...advice.values()].flat()) expect(readme).toContain(command);
});
