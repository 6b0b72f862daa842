import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "@lazyruns/core";
import { type LocalServer, type RequestInfo, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { API_KEY } from "../support/python.ts";
import { writeRuns } from "./write-runs.ts";

/** A server with written runs, for all tests of a file, and the requests that it got in the test at hand. */
export interface CountedServer {
  /** There from the first test on. */
  readonly api: Api;
  readonly url: string;
  readonly requests: RequestInfo[];
}

/** Has the server started before the file's tests and closed after them. */
export function countedServer(path: string, size: Parameters<typeof writeRuns>[2]): CountedServer {
  let server: LocalServer;
  let dataDir: string;
  let api: Api;
  const requests: RequestInfo[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lazyruns-requests-"));
    server = await startServer({ dataDir, onRequest: (request) => requests.push(request) });
    await writeRuns(server.url, path, size);
    api = new Api({ apiKey: API_KEY, baseUrl: server.url });
  });

  afterAll(async () => {
    await api?.close();
    await server?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  beforeEach(() => {
    requests.length = 0;
  });

  return {
    get api() {
      return api;
    },
    get url() {
      return server.url;
    },
    requests,
  };
}
