import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll } from "vitest";
import { API_KEY } from "./python.ts";

const RUNS = fileURLToPath(new URL("../../apps/demo-notebooks/training/runs", import.meta.url));

/** A server with the demo's runs, up for all tests of a file. */
export function demoServer() {
  const dataDir = mkdtempSync(join(tmpdir(), "lazyruns-e2e-"));
  let server: LocalServer;
  let api: Api;
  beforeAll(async () => {
    server = await startServer({ dataDir, imports: [RUNS] });
    api = new Api({ baseUrl: server.url, apiKey: API_KEY });
  });
  afterAll(async () => {
    await api?.close();
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    get url() {
      return server.url;
    },
    get api() {
      return api;
    },
    /** What a command is told of it. */
    get env() {
      return { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
    },
  };
}
