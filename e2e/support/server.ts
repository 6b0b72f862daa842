import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Api } from "@lazyruns/core";
import { type LocalServer, type ServerOptions, startServer } from "@lazyruns/local-server";
import { onTestFinished } from "vitest";
import { urlIn } from "../../scripts/lib/listening.mjs";
import { API_KEY } from "./python.ts";

/** The command that starts a server. */
export const BIN = fileURLToPath(
  new URL("../../packages/local-server/bin/lazyruns-server.mjs", import.meta.url),
);

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lazyruns-e2e-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A server, and an `Api` that reads from it, up until the test ends. */
export async function testServer(
  options: Partial<ServerOptions> = {},
): Promise<{ server: LocalServer; api: Api }> {
  const server = await startServer({ dataDir: temporaryFolder(), ...options });
  const api = new Api({ baseUrl: server.url, apiKey: API_KEY });
  onTestFinished(async () => {
    await api.close();
    await server.close();
  });
  return { server, api };
}

/** A server as a process of its own, which can be killed; `more` is what else stands on its command line. */
export function startServerProcess(
  dataDir: string,
  port = 0,
  ...more: readonly string[]
): Promise<{ child: ChildProcess; url: string; port: number }> {
  const child = spawn(process.execPath, [BIN, "--data", dataDir, "--port", String(port), ...more]);
  onTestFinished(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (chunk: Buffer) => {
      text += chunk;
      const url = urlIn(text);
      if (url !== undefined) resolve({ child, url, port: Number(new URL(url).port) });
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("close", () => reject(new Error(`The server ended: ${text}`)));
  });
}
