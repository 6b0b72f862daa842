import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "@lazyruns/core";
import { type LocalServer, type ServerOptions, startServer } from "@lazyruns/local-server";
import { onTestFinished } from "vitest";
import { KEY } from "./log-runs.ts";

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lazyruns-export-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server of its own and a connection to it, up until the test ends. */
export async function testServer(
  options: Partial<ServerOptions> = {},
): Promise<{ server: LocalServer; api: Api }> {
  const server = await startServer({ dataDir: temporaryFolder(), ...options });
  const api = new Api({ baseUrl: server.url, apiKey: KEY });
  onTestFinished(async () => {
    await api.close();
    await server.close();
  });
  return { server, api };
}
