import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withDemoServer } from "../../scripts/lib/demo-server.mjs";
import { extensionOptions } from "../../scripts/lib/lab-extension.mjs";
import { withScratch } from "../../scripts/lib/scratch.mjs";
import { graphql } from "../support/graphql.ts";
import { temporaryFolder } from "../support/server.ts";
import { startLab } from "./start-lab.ts";

const runCount = '{ project(name: "digits", entityName: "local") { runCount } }';

/** Starts a kernel, and gives what all kernels are in by then. */
async function startKernel(lab: string, name: string): Promise<{ execution_state: string }[]> {
  const kernels = new URL("/api/kernels", lab);
  kernels.search = new URL(lab).search;
  await fetch(kernels, { method: "POST", body: JSON.stringify({ name }) });
  return (await (await fetch(kernels)).json()) as { execution_state: string }[];
}

test("npm run lab has both kernels and the demo's runs, writes nothing at home, and ends at Ctrl-C", async () => {
  const { child, ended, home, left, lab, server, output } = await startLab("--no-browser");
  expect(output()).toMatch(/^JupyterLab with the demo's notebooks is at$/m);
  const specs = new URL("/api/kernelspecs", lab);
  expect((await fetch(specs)).status).toBe(403);
  specs.search = new URL(lab).search;
  const { kernelspecs } = (await (await fetch(specs)).json()) as { kernelspecs: object };
  expect(kernelspecs).toHaveProperty("tslab.spec.display_name", "TypeScript (tslab)");
  expect(kernelspecs).toHaveProperty("deno.spec.display_name", "TypeScript (Deno)");
  expect(await startKernel(lab, "tslab")).toHaveLength(1);
  expect((await graphql(server, runCount)).project.runCount).toBeGreaterThan(20);
  const status = new URL("/lazyruns/api/status", lab);
  status.search = specs.search;
  expect(await (await fetch(status)).json()).toMatchObject({ configured: true, url: server });
  const build = new URL("/lab/api/build", lab);
  build.search = specs.search;
  expect((await fetch(build)).status).toBe(200);
  expect(output()).not.toMatch(/Error|could not/i);

  child.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(fetch(lab)).rejects.toThrow("fetch failed");
  await expect(graphql(server, runCount)).rejects.toThrow("fetch failed");
  expect(readdirSync(home)).toEqual([]);
  expect(left()).toEqual([]);
});

test("npm run lab that is killed takes JupyterLab, its kernels and the server with it", async () => {
  const { child, ended, left, lab, server } = await startLab("--no-browser");
  await startKernel(lab, "tslab");
  expect(left()).toHaveLength(2);
  child.kill("SIGKILL");
  await ended;
  expect(left()).toEqual([]);
  await expect(fetch(lab)).rejects.toThrow("fetch failed");
  await expect(graphql(server, runCount)).rejects.toThrow("fetch failed");
});

test("npm run lab that fails ends, and leaves nothing behind", async () => {
  const { ended, left, output } = await startLab("--no-browser", "--port", "none");
  expect(await ended).toBe(1);
  expect(output()).toContain("JupyterLab didn't start");
  expect(left()).toEqual([]);
});

test("what isn't needed any more is removed when the work fails, and the server is gone", async () => {
  let url = "";
  let folder = "";
  const failing = withDemoServer((server) => {
    url = server.url;
    return withScratch("lazyruns-test-", async (scratch) => {
      folder = scratch;
      throw new Error("no");
    });
  });
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(folder)).toBe(false);
  await expect(graphql(url, runCount)).rejects.toThrow("fetch failed");
});

test("an extension whose package.json is broken is named; one that isn't built is left out", () => {
  const [extension, scratch] = [temporaryFolder(), temporaryFolder()];
  expect(extensionOptions(extension, scratch)).toEqual([]);
  const manifest = path.join(extension, "package.json");
  writeFileSync(manifest, "{");
  expect(() => extensionOptions(extension, scratch)).toThrow(`${manifest} can't be read`);
  writeFileSync(manifest, '{ "name": "@lazyruns/some" }');
  expect(extensionOptions(extension, scratch)).toEqual([]);
  mkdirSync(path.join(extension, "labextension/static"), { recursive: true });
  const [option] = extensionOptions(extension, scratch);
  expect(option).toBe(`--LabApp.extra_labextensions_path=${path.join(scratch, "labextensions")}`);
  expect(readdirSync(path.join(scratch, "labextensions/@lazyruns/some"))).toEqual(["static"]);
});

test("npm run lab refuses an option that it hasn't", async () => {
  const { ended, output } = await startLab("--browser");
  expect(await ended).toBe(1);
  expect(output()).toContain("Usage: npm run lab [-- --no-browser] [--port N]");
});
